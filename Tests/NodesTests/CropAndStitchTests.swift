import Engine
import Graph
import Imaging
import Tensor
import Testing

@testable import Nodes

/// `crop-to-mask` and `stitch`, and that they belong together.
struct CropAndStitchTests {
  private let image = Image(
    pixels: Tensor([40, 50, 3], (0..<6000).map { Float($0 * 37 % 256) / 255 }))
  private let mask = Mask(
    width: 50, height: 40, covering: Ellipse(center: Point(x: 40, y: 9), radiusX: 8, radiusY: 5))

  private func crop(_ changes: [String: PortArgument] = [:]) throws -> [String: any PortValue] {
    try run(
      CropToMask.self,
      ["image": .value(image), "mask": .value(mask)].merging(changes) { $1 })
  }

  private func stitch(_ crop: Image, at region: PortArgument) throws -> Image {
    let outputs = try run(
      Stitch.self,
      [
        "image": .value(image), "crop": .value(crop), "region": region, "mask": .value(mask),
        "feather": 3,
      ])
    return try #require(outputs["image"] as? Image)
  }

  @Test(arguments: [[:], ["width": 64, "height": 64], ["width": 24, "height": 8]])
  func aPartGoesBackWhereItWasFrom(_ size: [String: Int]) throws {
    let outputs = try crop(size.mapValues { .constant(.int($0)) })
    let part = try #require(outputs["image"] as? Image)
    let partMask = try #require(outputs["mask"] as? Mask)
    let region = PortArgument.value(try #require(outputs["region"]))
    if let width = size["width"] { #expect(part.width == width) }
    #expect((part.width, part.height) == (partMask.width, partMask.height))
    #expect(try stitch(part, at: region).pixels.elements == image.pixels.elements)
    let black = Image(pixels: part.pixels.map { _ in 0 })
    let stitched = try stitch(black, at: region)
    #expect(stitched.pixels.elements[(9 * 50 + 40) * 3] == 0)
    let feathered = mask.feathered(by: 3).values.elements
    for (index, pair) in zip(stitched.pixels.elements, image.pixels.elements).enumerated()
    where feathered[index / 3] == 0 {
      #expect(pair.0 == pair.1)
    }
  }

  @Test func emptyMasksAreAnError() {
    let empty = Mask(width: 50, height: 40, filledWith: 0)
    #expect(throws: RegionError.emptyMask) { try crop(["mask": .value(empty)]) }
  }

  @Test func sidesComeInPairs() {
    #expect(throws: OneSideAlone.self) { try crop(["width": 64]) }
  }

  @Test func regionsThatAreNoneAreRefused() {
    #expect(throws: RegionError.notARegion([1, 2])) {
      try stitch(image, at: .constant(.list([.int(1), .int(2)])))
    }
    #expect(throws: RegionError.self) {
      try stitch(image, at: .constant(.list([50, 0, 8, 8].map(Literal.int))))
    }
  }

  private static let graph = """
      canvas: { uses: empty-latent, width: 64, height: 48 }
      checkpoint: { uses: load-checkpoint }
      picture: { uses: decode-latent, vae: "${checkpoint.vae}", latent: "${canvas}" }
      mask: { uses: mask-ellipse, x: 20, y: 20, radius-x: 9, image: "${picture}" }
      part: { uses: crop-to-mask, image: "${picture}", mask: "${mask}", width: 128, height: 64 }
      latent: { uses: encode-image, vae: "${checkpoint.vae}", image: "${part.image}" }
      redrawn: { uses: decode-latent, vae: "${checkpoint.vae}", latent: "${latent}" }
      whole:
        uses: stitch
        image: ${picture}
        crop: ${redrawn}
        region: ${part.region}
        mask: ${mask}
    outputs: { image: "${whole}" }

    """

  @Test func sizesAreKnownFromTheCropToTheStitch() {
    let check = Checking(Self.graph)
    #expect(check.findings == [])
    #expect(check.type(of: "part", "image") == "image<128x64>")
    #expect(check.type(of: "part", "mask") == "mask<128x64>")
    #expect(check.type(of: "part", "region") == "list<int>")
    #expect(check.type(of: "whole", "image") == "image<64x48>")
  }

  @Test(arguments: [
    (
      "image: \"${picture}\" }\n  part", "width: 64, height: 40 }\n  part",
      "size-mismatch: `mask` is 64x40, and `image` is 64x48"
    ),
    (
      "width: 128, height: 64 }", "width: 128 }",
      "missing-port: `width` and `height` belong together: give both, or neither"
    ),
    (
      "width: 128, height: 64 }", "width: 100, height: 64 }",
      "invalid-size: the width, 100, is no multiple of 8"
    ),
    (
      "region: ${part.region}", "region: [1, 2, 3]",
      "invalid-value: a region is four numbers, x, y, width and height, with sides of 1 to 32768 "
        + "pixels; this is [1, 2, 3]"
    ),
  ])
  func mistakesAreFoundWhenTheGraphIsChecked(_ old: String, _ new: String, _ finding: String) {
    #expect(Self.graph.contains(old))
    #expect(Checking(Self.graph.replacing(old, with: new)).findings.contains(finding))
  }
}
