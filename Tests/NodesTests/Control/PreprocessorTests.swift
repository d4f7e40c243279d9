import Engine
import Graph
import Imaging
import Tensor
import Testing

@testable import Nodes

/// The nodes that make pictures for ControlNets; what they give is compared with OpenCV in ImagingTests.
struct PreprocessorTests {
  /// Black at the left, white at the right.
  private let image = Image(
    pixels: Tensor([20, 30, 3], (0..<1800).map { $0 % 90 < 45 ? Float(0) : 1 }))

  @Test func edgesStandBetweenColors() throws {
    let outputs = try run(CannyEdges.self, ["image": .value(image), "aperture": 5])
    let mask = try #require(outputs["mask"] as? Mask)
    #expect(mask.bounds == PixelRegion(x: 14, y: 0, width: 1, height: 20))
    let edges = try #require(outputs["image"] as? Image)
    #expect(edges.pixels.elements == Image(greysOf: mask).pixels.elements)
    #expect(throws: NoSuchAperture(width: 4)) {
      try run(CannyEdges.self, ["image": .value(image), "aperture": 4])
    }
  }

  @Test func linesAreDarkerThanWhatIsAround() throws {
    let line = Image(
      pixels: Tensor([9, 30, 3], (0..<810).map { $0 / 3 % 30 == 12 ? Float(0) : 1 }))
    let mask: Mask = try output(of: Sketch.self, "mask", ["image": .value(line)])
    #expect(mask.bounds == PixelRegion(x: 12, y: 0, width: 1, height: 9))
    let strict: Mask = try output(
      of: Sketch.self, "mask", ["image": .value(line), "threshold": 255])
    #expect(strict.bounds == nil)
  }

  @Test func picturesBecomeBlackAndWhite() throws {
    let grey = Image(pixels: image.pixels.map { 0.2 + 0.4 * $0 })
    let outputs = try run(Binarize.self, ["image": .value(grey)])
    let binary = try #require(outputs["image"] as? Image)
    #expect(binary.pixels.elements == image.pixels.elements)
    #expect(outputs["threshold"] as? Int == 51)
    let fixed: Mask = try output(
      of: Binarize.self, "mask", ["image": .value(grey), "threshold": 153])
    #expect(fixed.bounds == nil)
  }

  @Test func tilesKeepTheirSize() throws {
    let blurred: Image = try output(
      of: TileBlur.self, "image", ["image": .value(image), "levels": 2])
    #expect(blurred.pixels.elements == image.tileBlurred(levels: 2).pixels.elements)
    #expect((blurred.width, blurred.height) == (30, 20))
  }

  private static let graph = """
      text: { uses: draw-text, text: Easel, width: 96, height: 48 }
      edges: { uses: canny, image: "${text.image}" }
      lines: { uses: sketch, image: "${edges.image}" }
      binary: { uses: binarize, image: "${lines.image}" }
      tile: { uses: tile-blur, image: "${binary.image}" }
      again: { uses: draw-text, text: x, image: "${tile}" }
      filled: { uses: fill-masked, image: "${again.image}", mask: "${binary.mask}" }
      wide: { uses: pad-for-outpaint, image: "${filled}", left: 8, bottom: 16 }
    outputs: { image: "${wide.image}", mask: "${wide.mask}" }

    """

  @Test func sizesGoThroughTheWholeGraph() {
    let check = Checking(Self.graph)
    #expect(check.findings == [])
    #expect(check.type(of: "filled", "image") == "image<96x48>")
    #expect(check.type(of: "wide", "mask") == "mask<104x64>")
  }

  @Test(arguments: [
    (
      "uses: canny, ", "uses: canny, aperture: 4, ",
      "invalid-value: the filter is 3, 5 or 7 pixels wide, not 4"
    ),
    (
      "left: 8", "left: 16384, right: 16384",
      "invalid-size: the result would be 32864x64; a side may have 32768 pixels, the whole 100 "
        + "million"
    ),
  ])
  func mistakesAreFoundWhenTheGraphIsChecked(_ old: String, _ new: String, _ finding: String) {
    #expect(Self.graph.contains(old))
    #expect(Checking(Self.graph.replacing(old, with: new)).findings == [finding])
  }
}
