import Tensor
import Testing

@testable import Imaging

/// Compares with SciPy and NumPy: see `Scripts/reference/editing.py`.
struct ImageFilterTests {
  private let fixtures: SafetensorsFile
  private let image: Image

  init() throws {
    fixtures = try SafetensorsFile(path: Fixtures.path("edits.safetensors"))
    image = Image(pixels: try fixtures.tensor("image"))
  }

  @Test(arguments: ["0.5", "2", "7"]) func blurringIsSciPys(_ sigma: String) throws {
    let blurred = image.blurred(sigma: try #require(Double(sigma)))
    #expect(largestDifference(blurred.pixels, try fixtures.tensor("blurred.\(sigma)")) < 1e-6)
  }

  @Test func noBlurChangesNothing() {
    #expect(image.blurred(sigma: 0).pixels.elements == image.pixels.elements)
    #expect(image.sharpened(sigma: 0, amount: 3).pixels.elements == image.pixels.elements)
  }

  @Test func sharpeningAddsWhatABlurTakesAway() throws {
    let sharp = image.sharpened(sigma: 1.5, amount: 1.25, threshold: 0.1)
    #expect(largestDifference(sharp.pixels, try fixtures.tensor("sharpened")) < 1e-5)
  }

  @Test(arguments: ["0.5", "1"]) func colorsAreMatched(_ strength: String) throws {
    let reference = Image(pixels: try fixtures.tensor("overlay"))
    let matched = image.matchingColors(of: reference, strength: try #require(Double(strength)))
    #expect(largestDifference(matched.pixels, try fixtures.tensor("matched.\(strength)")) < 1e-4)
  }

  @Test func itsOwnColorsChangeNothing() {
    let matched = image.matchingColors(of: image)
    #expect(largestDifference(matched.pixels, image.pixels) < 1e-4)
    let flat = Image(pixels: Tensor([2, 2, 3], repeating: 0.25))
    let moved = flat.matchingColors(of: Image(pixels: Tensor([1, 1, 3], repeating: 0.75)))
    #expect(moved.pixels.elements.allSatisfy { abs($0 - 0.75) < 1e-4 })
  }

  @Test func levelsStretchAndBend() throws {
    let image = Image(pixels: Tensor([1, 2, 3], [0.1, 0.2, 0.4, 0.6, 0.7, 1]))
    let stretched = image.adjusted(try Levels(black: 0.2, white: 0.6, gamma: 1)).pixels.elements
    for (found, expected) in zip(stretched, [0, 0, 0.5, 1, 1, 1]) {
      #expect(abs(Double(found) - expected) < 1e-6)
    }
    let bent = image.adjusted(try Levels(black: 0, white: 1, gamma: 2), in: .blue).pixels.elements
    for (found, expected) in zip(bent, [0.1, 0.2, 0.632456, 0.6, 0.7, 1]) {
      #expect(abs(Double(found) - expected) < 1e-6)
    }
    #expect(throws: LevelsError(black: 0.5, white: 0.5)) {
      try Levels(black: 0.5, white: 0.5, gamma: 1)
    }
  }
}
