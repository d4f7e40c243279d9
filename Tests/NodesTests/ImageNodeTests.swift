import Engine
import Graph
import Imaging
import Tensor
import Testing

@testable import Nodes

/// The nodes that edit pictures, run alone and checked in graphs.
struct ImageNodeTests {
  private let image = Image(
    pixels: Tensor([4, 6, 3], (0..<72).map { Float($0 * 11 % 72) / 71 }))

  /// The picture that a node makes of `image`.
  private func edit(
    _ type: any Node.Type, _ inputs: [String: PortArgument] = [:]
  ) throws -> Image {
    let outputs = try run(type, ["image": .value(image)].merging(inputs) { $1 })
    return try #require(outputs["image"] as? Image)
  }

  @Test func aPartIsCut() throws {
    let part = try edit(CropImage.self, ["x": 1, "y": 2, "width": 3, "height": 2])
    #expect((part.width, part.height) == (3, 2))
    #expect(part.pixels.elements.prefix(9) == image.pixels.elements[39..<48])
    #expect(
      throws: RegionError.outside(
        PixelRegion(x: 4, y: 0, width: 3, height: 1), width: 6, height: 4)
    ) { try edit(CropImage.self, ["x": 4, "width": 3, "height": 1]) }
  }

  @Test(arguments: ["color", "edge", "reflect", "blur"]) func roomIsMasked(_ fill: String) throws {
    let outputs = try run(
      PadImage.self,
      ["image": .value(image), "left": 2, "bottom": 1, "fill": .constant(.text(fill))])
    let padded = try #require(outputs["image"] as? Image)
    let mask = try #require(outputs["mask"] as? Mask)
    #expect((padded.width, padded.height) == (8, 5))
    #expect(
      padded.cropped(to: PixelRegion(x: 2, y: 0, width: 6, height: 4)).pixels.elements
        == image.pixels.elements)
    let room = (0..<40).map { Float($0 % 8 < 2 || $0 / 8 == 4 ? 1 : 0) }
    #expect(mask.values.elements == room)
  }

  @Test func picturesAreTurnedAndMirrored() throws {
    let turned = try edit(RotateImage.self, ["angle": 90])
    #expect((turned.width, turned.height) == (4, 6))
    let kept = try edit(
      RotateImage.self, ["angle": 30, "expand": .constant(.bool(false))])
    #expect((kept.width, kept.height) == (6, 4))
    let flipped = try edit(FlipImage.self, ["direction": .constant(.text("vertical"))])
    #expect(flipped.pixels.elements.prefix(18) == image.pixels.elements.suffix(18))
  }

  @Test func picturesAreLaidOverEachOther() throws {
    let white = Image(pixels: Tensor([2, 2, 3], repeating: 1))
    let mask = Mask(values: Tensor([2, 2], [1, 0, 0, 0]))
    let inputs: [String: PortArgument] = [
      "overlay": .value(white), "x": 5, "y": 3, "mask": .value(mask),
      "mode": .constant(.text("difference")),
    ]
    let result = try edit(CompositeImages.self, inputs).pixels.elements
    #expect(result.prefix(69) == image.pixels.elements.prefix(69))
    #expect(result.suffix(3) == ArraySlice(image.pixels.elements.suffix(3).map { 1 - $0 }))
    let other = ["mask": PortArgument.value(Mask(width: 3, height: 2, filledWith: 1))]
    #expect(throws: SizesDiffer.self) {
      try edit(CompositeImages.self, inputs.merging(other) { $1 })
    }
  }

  @Test func valuesAreChanged() throws {
    let blurred = try edit(BlurImage.self, ["sigma": 1])
    #expect(blurred.pixels.elements == image.blurred(sigma: 1).pixels.elements)
    let sharp = try edit(SharpenImage.self, ["amount": 2])
    #expect(sharp.pixels.elements == image.sharpened(sigma: 1, amount: 2).pixels.elements)
    let levels = try edit(AdjustLevels.self, ["black": 0.25, "channel": .constant(.text("red"))])
    let expected = image.adjusted(try Levels(black: 0.25, white: 1, gamma: 1), in: .red)
    #expect(levels.pixels.elements == expected.pixels.elements)
    #expect(throws: LevelsError.self) { try edit(AdjustLevels.self, ["black": 1.0]) }
    let same = try edit(MatchColors.self, ["reference": .value(image), "strength": 0])
    #expect(same.pixels.elements == image.pixels.elements)
  }

  @Test func picturesAreCompared() throws {
    let inputs = ["first": PortArgument.value(image), "second": .value(image.flipped(.vertical))]
    let outputs = try run(CompareImages.self, inputs)
    #expect(try #require(outputs["psnr"] as? Double) < 20)
    #expect(try #require(outputs["ssim"] as? Double) < 0.5)
    let difference = try #require(outputs["difference"] as? Image)
    #expect((difference.width, difference.height) == (6, 4))
    #expect(throws: SizesDiffer.self) {
      try run(
        CompareImages.self,
        inputs.merging([
          "second": .value(
            image.blurred(sigma: 1).cropped(to: PixelRegion(x: 0, y: 0, width: 1, height: 1)))
        ]) { $1 })
    }
  }

  private static let graph = """
      canvas: { uses: empty-latent, width: 64, height: 48 }
      checkpoint: { uses: load-checkpoint }
      picture: { uses: decode-latent, vae: "${checkpoint.vae}", latent: "${canvas}" }
      part: { uses: crop-image, image: "${picture}", x: 8, y: 8, width: 32, height: 16 }
      padded: { uses: pad-image, image: "${part}", left: 8, top: 4, fill: reflect }
      turned: { uses: rotate-image, image: "${padded.image}", angle: -90 }
      mirrored: { uses: flip-image, image: "${turned}" }
      over: { uses: composite-images, image: "${mirrored}", overlay: "${part}", mode: soft-light }
      matched: { uses: match-colors, image: "${over}", reference: "${picture}" }
      levels: { uses: adjust-levels, image: "${matched}", black: 0.1 }
      sharp: { uses: sharpen-image, image: "${levels}" }
      soft: { uses: blur-image, image: "${sharp}" }
      compared: { uses: compare-images, first: "${soft}", second: "${sharp}" }
    outputs: { image: "${compared.difference}", psnr: "${compared.psnr}", ssim: "${compared.ssim}" }

    """

  @Test func sizesGoThroughTheWholeGraph() {
    let check = Checking(Self.graph)
    #expect(check.findings == [])
    #expect(check.type(of: "padded", "image") == "image<40x20>")
    #expect(check.type(of: "padded", "mask") == "mask<40x20>")
    #expect(check.type(of: "compared", "difference") == "image<20x40>")
  }

  @Test(arguments: [
    (
      "x: 8, y: 8", "x: 40, y: 8",
      "invalid-size: the part 32x16 at 40, 8 goes beyond the picture, which is 64x48"
    ),
    (
      "second: \"${sharp}\"", "second: \"${picture}\"",
      "size-mismatch: `second` is 64x48, and `first` is 20x40"
    ),
    (
      "black: 0.1", "black: 0.5, white: 0.5",
      "invalid-value: black, 0.5, is not below white, 0.5, so nothing is between them"
    ),
  ])
  func mistakesAreFoundWhenTheGraphIsChecked(_ old: String, _ new: String, _ finding: String) {
    #expect(Self.graph.contains(old))
    #expect(Checking(Self.graph.replacing(old, with: new)).findings == [finding])
  }
}
