import Engine
import Graph
import Imaging
import Tensor
import Testing

@testable import Nodes

/// What the nodes for pictures and masks make of sizes that do not fit, of the smallest and of too large ones.
struct BadPictureTests {
  private typealias Case = (type: any Node.Type, inputs: [String: PortArgument])

  private static func image(_ width: Int, _ height: Int) -> PortArgument {
    .value(Image(width: width, height: height, filledWith: .white))
  }

  private static func mask(_ width: Int, _ height: Int, _ value: Float = 1) -> PortArgument {
    .value(Mask(width: width, height: height, filledWith: value))
  }

  private static let none = PortArgument.constant(.list([]))
  private static let region = PortArgument.constant(.list([0, 0, 1, 1].map(Literal.int)))

  @Test func masksOfAnotherSizeAreRefused() throws {
    let pair: [String: PortArgument] = ["image": Self.image(8, 6), "mask": Self.mask(6, 8)]
    let cases: [Case] = [
      (CropToMask.self, pair), (FillMasked.self, pair),
      (Stitch.self, pair.merging(["crop": Self.image(1, 1), "region": Self.region]) { $1 }),
      (CompositeImages.self, pair.merging(["overlay": Self.image(8, 6)]) { $1 }),
      (CombineMasks.self, ["first": Self.mask(8, 6), "second": Self.mask(6, 8)]),
      (
        StitchRegions.self,
        pair.merging(["crops": .value([Image]()), "places": Self.none, "regions": Self.none]) { $1 }
      ),
    ]
    for (type, inputs) in cases {
      let error = #expect(throws: SizesDiffer.self, "\(type.name)") { try run(type, inputs) }
      #expect(error?.description.hasSuffix("is 8x6; they must be of one size") == true)
    }
  }

  @Test(arguments: [
    "crop-to-mask, image: \"${small}\", mask: \"${mask}\"",
    "fill-masked, image: \"${small}\", mask: \"${mask}\"",
    "stitch, image: \"${small}\", crop: \"${small}\", region: [0, 0, 8, 8], mask: \"${mask}\"",
    "composite-images, image: \"${small}\", overlay: \"${small}\", mask: \"${mask}\"",
  ])
  func masksOfAnotherSizeAreFoundWhenTheGraphIsChecked(_ node: String) {
    let check = Checking(
      """
        words: { uses: draw-text, text: x, width: 64, height: 32 }
        small: { uses: blur-image, image: "${words.image}" }
        mask: { uses: mask-box, x: 0, y: 0, box-width: 9, box-height: 9, width: 32, height: 64 }
        edit: { uses: \(node) }
      outputs: { image: "${edit.image}" }

      """)
    #expect(check.findings.count == 1)
    #expect(check.findings.first?.hasPrefix("size-mismatch: `mask` is 32x64, and `") == true)
  }

  @Test func emptyMasksLeaveNothingToCropTo() throws {
    let pair: [String: PortArgument] = ["image": Self.image(8, 6), "mask": Self.mask(8, 6, 0)]
    let error = #expect(throws: RegionError.self) { try run(CropToMask.self, pair) }
    #expect(error == .emptyMask)
    let more = pair.merging(["crop": Self.image(1, 1), "region": Self.region]) { $1 }
    for (type, inputs) in [(FillMasked.self, pair), (Stitch.self, more)] as [Case] {
      let result: Image = try output(of: type, "image", inputs)
      #expect(result.pixels.elements.allSatisfy { $0 == 1 }, "\(type.name)")
    }
  }

  @Test func partsBeyondThePictureAreRefused() throws {
    let beyond = PortArgument.constant(.list([8, 0, 4, 4].map(Literal.int)))
    let cases: [Case] = [
      (CropImage.self, ["image": Self.image(8, 6), "x": 5, "width": 4, "height": 4]),
      (
        Stitch.self,
        [
          "image": Self.image(8, 6), "mask": Self.mask(8, 6), "crop": Self.image(4, 4),
          "region": beyond,
        ]
      ),
    ]
    for (type, inputs) in cases {
      #expect(throws: RegionError.self, "\(type.name)") { try run(type, inputs) }
    }
  }

  /// Every node that takes a picture or a mask takes one of a single pixel, and leaves it one.
  @Test func onePixelIsEnough() throws {
    let image: [String: PortArgument] = ["image": Self.image(1, 1)]
    let mask: [String: PortArgument] = ["mask": Self.mask(1, 1)]
    let both = image.merging(mask) { $1 }
    let cases: [Case] = [
      (CannyEdges.self, image), (Sketch.self, image), (Binarize.self, image),
      (TileBlur.self, image), (BlurImage.self, image), (SharpenImage.self, image),
      (AdjustLevels.self, image), (FlipImage.self, image),
      (RotateImage.self, image.merging(["angle": 90]) { $1 }),
      (CropImage.self, image.merging(["width": 1, "height": 1]) { $1 }),
      (PadImage.self, image), (PadForOutpaint.self, image),
      (MatchColors.self, image.merging(["reference": Self.image(1, 1)]) { $1 }),
      (CompositeImages.self, image.merging(["overlay": Self.image(1, 1)]) { $1 }),
      (FillMasked.self, both.merging(["fill": .text("blur")]) { $1 }),
      (CropToMask.self, both.merging(["multiple": 1]) { $1 }),
      (Stitch.self, both.merging(["crop": Self.image(1, 1), "region": Self.region]) { $1 }),
      (
        MaskColor.self,
        image.merging(["color": .constant(.color(.init(red: 1, green: 1, blue: 1)))]) { $1 }
      ),
      (MaskLuminance.self, image), (GrowMask.self, mask.merging(["radius": 9]) { $1 }),
      (ShrinkMask.self, mask.merging(["radius": 9]) { $1 }),
      (FeatherMask.self, mask.merging(["radius": 9]) { $1 }), (ThresholdMask.self, mask),
      (FillMaskHoles.self, mask), (InvertMask.self, mask),
    ]
    for (type, inputs) in cases {
      let outputs = try run(type, inputs)
      for case let raster as any Raster in outputs.values {
        #expect(Array(raster.planes.shape.sizes.prefix(2)) == [1, 1], "\(type.name)")
        #expect(raster.planes.elements.allSatisfy { 0...1 ~= $0 }, "\(type.name)")
      }
    }
  }

  @Test func aMaskOfEverythingLeavesNothingToFillFrom() {
    let both: [String: PortArgument] = ["image": Self.image(1, 1), "mask": Self.mask(1, 1)]
    #expect(throws: NothingKnown.self) { try run(FillMasked.self, both) }
  }

  private static let tooLarge =
    "invalid-size: the result would be 20000x20000; a side may have 32768 pixels, the whole 100 million"

  @Test(arguments: [
    "mask-box, x: 0, y: 0, box-width: 1, box-height: 1, width: 20000, height: 20000",
    "mask-ellipse, x: 0, y: 0, radius-x: 1, width: 20000, height: 20000",
    "mask-stroke, points: [[1, 1]], brush: 3, width: 20000, height: 20000",
    "draw-text, text: x, width: 20000, height: 20000",
    "pad-image, image: \"${words.image}\", right: 10000, left: 9936, top: 10000, bottom: 9968",
    "pad-for-outpaint, image: \"${words.image}\", right: 10000, left: 9936, top: 10000, bottom: 9968",
  ])
  func picturesThatAreTooLargeAreFoundWhenTheGraphIsChecked(_ node: String) {
    let check = Checking(
      """
        words: { uses: draw-text, text: x, width: 64, height: 32 }
        large: { uses: \(node) }
      outputs: { mask: "${large.mask}" }

      """)
    #expect(check.findings == [Self.tooLarge])
  }

  @Test(arguments: [
    ("resize-image, image: \"${words.image}\"", "image"),
    ("resize-mask, mask: \"${words.mask}\"", "mask"),
    ("crop-to-mask, image: \"${words.image}\", mask: \"${words.mask}\"", "image"),
    ("crop-regions, image: \"${words.image}\", regions: [[0, 0, 9, 9]]", "images"),
  ])
  func sizesThatAreTooLargeAreFoundWhenTheGraphIsChecked(_ node: String, _ output: String) {
    let check = Checking(
      """
        words: { uses: draw-text, text: x, width: 64, height: 32 }
        large: { uses: \(node), width: 16000, height: 16000 }
      outputs: { large: "${large.\(output)}" }

      """)
    #expect(check.findings == [Self.tooLarge.replacing("20000x20000", with: "16000x16000")])
  }

  @Test func sizesThatAreTooLargeAreRefused() {
    let sides: [String: PortArgument] = ["width": 16_000, "height": 16_000]
    let (image, mask) = (Self.image(8, 6), Self.mask(8, 6))
    let cases: [Case] = [
      (ResizeImage.self, ["image": image]), (ResizeMask.self, ["mask": mask]),
      (CropToMask.self, ["image": image, "mask": mask]),
      (CropRegions.self, ["image": image, "regions": Self.none]),
    ]
    for (type, inputs) in cases {
      #expect(throws: ImageTooLarge.self, "\(type.name)") {
        try run(type, inputs.merging(sides) { $1 })
      }
    }
  }
}
