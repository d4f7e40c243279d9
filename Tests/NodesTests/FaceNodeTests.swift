import Engine
import Foundation
import Graph
import Imaging
import Tensor
import Testing

@testable import Nodes

/// The nodes that find regions, and work on all of them.
struct FaceNodeTests {
  private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
  private static let cascade = fixtures.appending(
    path: "ImagingTests/Fixtures/cascades/haar.xml"
  ).path
  private static let network = fixtures.appending(
    path: "DiffusionTests/Fixtures/detector.safetensors"
  ).path

  private let image = Image(
    pixels: Tensor(
      [70, 90, 3],
      (0..<18900).map { index in
        let (x, y) = (index / 3 % 90, index / 270)
        return Float((x * x / 9 + y * 5 + index % 3 * 40) % 256) / 255
      }))

  private static func path(_ file: String) -> PortArgument {
    .constant(.path(.init(written: file, resolved: file)))
  }

  private func detector(_ file: String) throws -> PortArgument {
    .value(try #require(try run(LoadDetector.self, ["file": Self.path(file)])["detector"]))
  }

  private func regions(_ numbers: [[Int]]) -> PortArgument {
    .constant(.list(numbers.map { .list($0.map(Literal.int)) }))
  }

  @Test(arguments: [cascade, network])
  func regionsAreInThePictureAndInOrder(_ file: String) throws {
    let inputs: [String: PortArgument] = [
      "detector": try detector(file), "image": .value(image), "min-neighbors": 1,
      "most": 10_000,
    ]
    let all: [[Int]] = try output(of: DetectFaces.self, "regions", inputs)
    #expect(all.count > 3)
    for numbers in all {
      try PixelRegion(numbers).check(inside: image.width, image.height)
    }
    let areas = all.map { $0[2] * $0[3] }
    #expect(areas == areas.sorted(by: >))
    let sorted: [[Int]] = try output(
      of: DetectFaces.self, "regions", inputs.merging(["order": .text("left-to-right")]) { $1 })
    #expect(sorted.map { $0[0] } == all.map { $0[0] }.sorted())
    let few = try run(DetectFaces.self, inputs.merging(["most": 2]) { $1 })
    #expect(few["regions"] as? [[Int]] == Array(all.prefix(2)))
    #expect(few["count"] as? Int == 2)
  }

  @Test func sizesLimitWhatANetworkFinds() throws {
    let found: [[Int]] = try output(
      of: DetectFaces.self, "regions",
      [
        "detector": try detector(Self.network), "image": .value(image), "min-size": 20,
        "max-size": 40,
      ])
    #expect(!found.isEmpty)
    #expect(found.allSatisfy { (20...40).contains($0[2]) && (20...40).contains($0[3]) })
  }

  @Test(arguments: [cascade, network])
  func nothingIsFoundInAPictureOfOnePixel(_ file: String) throws {
    let pixel = Image(pixels: Tensor([1, 1, 3], [0.5, 0.5, 0.5]))
    let outputs = try run(
      DetectFaces.self,
      ["detector": try detector(file), "image": .value(pixel), "threshold": 0.999])
    #expect(outputs["regions"] as? [[Int]] == [])
    #expect(outputs["count"] as? Int == 0)
  }

  @Test func masksCoverRegions() throws {
    func mask(_ shape: String, _ scale: Double) throws -> [Float] {
      let mask: Mask = try output(
        of: MaskRegions.self, "mask",
        [
          "regions": regions([[10, 20, 8, 6], [60, 40, 10, 10]]), "image": .value(image),
          "shape": .text(shape), "scale": .float(scale),
        ])
      return mask.values.elements
    }
    #expect(try mask("box", 1).reduce(0, +) == 148)
    #expect(try mask("box", 2).reduce(0, +) == 592)
    let ellipses = try mask("ellipse", 1)
    let area = ellipses.reduce(0, +)
    #expect(abs(area - 116.2) < 1)
    #expect(ellipses[45 * 90 + 65] == 1)
    let none: Mask = try output(
      of: MaskRegions.self, "mask", ["regions": regions([]), "image": .value(image)])
    #expect(none.values.elements.allSatisfy { $0 == 0 })
  }

  @Test func partsOfAMaskAreFound() throws {
    let boxes = [[10, 20, 8, 6], [60, 40, 10, 10], [0, 0, 1, 1]]
    let mask: Mask = try output(
      of: MaskRegions.self, "mask",
      ["regions": regions(boxes), "image": .value(image), "shape": .text("box")])
    let found: [[Int]] = try output(of: MaskParts.self, "regions", ["mask": .value(mask)])
    #expect(found == [boxes[1], boxes[0], boxes[2]])
    let large: [[Int]] = try output(
      of: MaskParts.self, "regions", ["mask": .value(mask), "min-size": 8])
    #expect(large == [boxes[1], boxes[0]])
    let empty = Mask(width: 5, height: 5, filledWith: 0)
    #expect(try output(of: MaskParts.self, "count", ["mask": .value(empty)]) == 0)
  }

  /// Two regions that hang over each other, and one at the border.
  private static let regions = [[10, 20, 20, 20], [22, 26, 20, 20], [75, 0, 15, 18]]

  private func stitched(
    _ change: (Image) -> Image, feather: Double = 3, colorMatch: Double = 0
  ) throws -> (image: Image, mask: Mask) {
    let parts = try run(
      CropRegions.self,
      [
        "image": .value(image), "regions": regions(Self.regions), "width": 32, "height": 32,
        "padding": 4,
      ])
    let crops = try #require(parts["images"] as? [Image])
    #expect(crops.allSatisfy { ($0.width, $0.height) == (32, 32) })
    let mask: Mask = try output(
      of: MaskRegions.self, "mask",
      ["regions": regions(Self.regions), "image": .value(image)])
    let whole: Image = try output(
      of: StitchRegions.self, "image",
      [
        "image": .value(image), "crops": .value(crops.map(change)),
        "places": .value(try #require(parts["places"])), "regions": regions(Self.regions),
        "mask": .value(mask), "feather": .float(feather), "color-match": .float(colorMatch),
      ])
    return (whole, mask)
  }

  @Test func partsThatAreLeftAloneLeaveNoTrace() throws {
    #expect(try stitched { $0 }.image.pixels.elements == image.pixels.elements)
  }

  @Test(arguments: [0.0, 1.0]) func pixelsBesideTheSeamsKeepTheirBits(colorMatch: Double) throws {
    let (whole, mask) = try stitched(
      { Image(pixels: $0.pixels.map { 1 - $0 }) }, colorMatch: colorMatch)
    let seam = mask.feathered(by: 3).values.elements
    for (index, pair) in zip(whole.pixels.elements, image.pixels.elements).enumerated()
    where seam[index / 3] == 0 {
      #expect(pair.0 == pair.1)
    }
    for numbers in Self.regions {
      let middle = (numbers[1] + numbers[3] / 2) * 90 + numbers[0] + numbers[2] / 2
      #expect(whole.pixels.elements[middle * 3] != image.pixels.elements[middle * 3])
    }
  }

  @Test func listsThatDoNotGoTogetherAreRefused() {
    #expect(throws: UnequalParts.self) {
      try run(
        StitchRegions.self,
        [
          "image": .value(image), "crops": .value([image]), "places": regions([]),
          "regions": regions(Self.regions),
          "mask": .value(Mask(width: 90, height: 70, filledWith: 1)),
        ])
    }
    #expect(
      throws: RegionError.apart(
        PixelRegion(x: 90, y: 0, width: 5, height: 5), width: 90, height: 70)
    ) {
      try run(
        CropRegions.self,
        ["image": .value(image), "regions": regions([[90, 0, 5, 5]]), "width": 8, "height": 8])
    }
  }

  @Test func batchesOfPicturesAreWhatTheyAreAlone() throws {
    let vae = try PortArgument.part("vae")
    let pictures =
      [image.cropped(to: PixelRegion(x: 0, y: 0, width: 32, height: 24), size: nil)]
      + [image.cropped(to: PixelRegion(x: 40, y: 30, width: 32, height: 24), size: nil)]
    let batch: Latent = try output(
      of: EncodeImages.self, "latent", ["vae": vae, "images": .value(pictures)])
    #expect(batch.count == 2)
    for (index, picture) in pictures.enumerated() {
      let alone: Latent = try output(
        of: EncodeImage.self, "latent", ["vae": vae, "image": .value(picture)])
      #expect(batch[index].samples.elements == alone.samples.elements)
    }
    #expect(throws: LatentBatchError.empty) {
      try run(EncodeImages.self, ["vae": vae, "images": .value([Image]())])
    }
  }

  @Test(arguments: [
    cascade, network,
    fixtures.appending(path: "ImagingTests/Fixtures/cascades/broken-hog.xml").path,
  ])
  func detectorsAreOpenedWhenTheGraphIsChecked(_ file: String) {
    let check = Checking(
      """
        finder: { uses: load-detector, file: \(file) }
        canvas: { uses: empty-latent, width: 64, height: 64 }
        checkpoint: { uses: load-checkpoint }
        picture: { uses: decode-latent, vae: "${checkpoint.vae}", latent: "${canvas}" }
        faces: { uses: detect-faces, detector: "${finder}", image: "${picture}" }
        mask: { uses: mask-regions, regions: "${faces.regions}", image: "${picture}" }
        first: { uses: pick, list: "${faces.regions}" }
        parts: { uses: crop-regions, image: "${picture}", regions: ["${first}"], width: 32, height: 24 }
      outputs: { mask: "${mask}", images: "${parts.images}" }

      """)
    if !file.contains("broken") {
      #expect(check.findings == [])
      #expect(check.type(of: "mask", "mask") == "mask<64x64>")
      #expect(check.type(of: "first", "element") == "list<int>")
      #expect(check.type(of: "parts", "images") == "list<image<32x24>>")
    } else {
      #expect(
        check.findings == [
          "unreadable-file: \(file): is a cascade of HOG features, which are not supported; take one of HAAR or LBP "
            + "features"
        ])
    }
  }

  @Test func wrongRegionsAreFoundWhenTheGraphIsChecked() {
    let check = Checking(
      """
        canvas: { uses: empty-latent, width: 64, height: 64 }
        checkpoint: { uses: load-checkpoint }
        picture: { uses: decode-latent, vae: "${checkpoint.vae}", latent: "${canvas}" }
        mask: { uses: mask-regions, regions: [[1, 2, 3]], image: "${picture}" }
      outputs: { mask: "${mask}" }

      """)
    #expect(
      check.findings == [
        "invalid-value: a region is four numbers, x, y, width and height, with sides of 1 to 32768 "
          + "pixels; this is [1, 2, 3]"
      ])
  }
}
