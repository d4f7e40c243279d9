import Tensor
import Testing

@testable import Imaging

/// Compares with the formulas of W3C in NumPy: see `Scripts/reference/editing.py`.
struct BlendingTests {
  private let fixtures: SafetensorsFile
  private let image: Image
  private let overlay: Image

  init() throws {
    fixtures = try SafetensorsFile(path: Fixtures.path("edits.safetensors"))
    image = Image(pixels: try fixtures.tensor("image"))
    overlay = Image(pixels: try fixtures.tensor("overlay"))
  }

  @Test(arguments: BlendMode.allCases) func everyModeIsThatOfItsFormula(_ mode: BlendMode) throws {
    let mask = Mask(values: try fixtures.tensor("mask"))
    let blended = image.composited(
      with: overlay, x: 5, y: -3, mode: mode, opacity: 0.75, mask: mask)
    let expected = try fixtures.tensor("blended.\(mode.rawValue)")
    #expect(largestDifference(blended.pixels, expected) < 1e-6)
  }

  @Test func whatIsNotCoveredKeepsItsBits() {
    for (x, y) in [(100, 0), (-100, 0), (0, 100), (0, -100)] {
      let same = image.composited(with: overlay, x: x, y: y, mode: .add)
      #expect(same.pixels.elements == image.pixels.elements)
    }
    let unseen = image.composited(with: overlay, x: 0, y: 0, opacity: 0)
    #expect(unseen.pixels.elements == image.pixels.elements)
  }

  @Test func anOpaquePictureIsSeenExactly() {
    let over = image.composited(with: overlay, x: 0, y: 0)
    let seen = PixelRegion(x: 0, y: 0, width: 27, height: 14)
    #expect(over.cropped(to: seen).pixels.elements == overlay.cropped(to: seen).pixels.elements)
  }
}
