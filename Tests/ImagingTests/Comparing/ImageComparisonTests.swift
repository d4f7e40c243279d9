import Tensor
import Testing

@testable import Imaging

/// Compares with the formulas in NumPy and SciPy: see `Scripts/reference/editing.py`.
struct ImageComparisonTests {
  private let fixtures: SafetensorsFile
  private let image: Image
  private let other: Image

  init() throws {
    fixtures = try SafetensorsFile(path: Fixtures.path("edits.safetensors"))
    image = Image(pixels: try fixtures.tensor("image"))
    other = Image(pixels: try fixtures.tensor("other"))
  }

  @Test func ratiosAndSimilaritiesAreTheReferences() throws {
    let psnr = Double(try fixtures.tensor("psnr").elements[0])
    let ssim = Double(try fixtures.tensor("ssim").elements[0])
    #expect(abs(image.peakSignalToNoiseRatio(to: other) - psnr) < 1e-4)
    #expect(abs(image.structuralSimilarity(to: other) - ssim) < 1e-4)
  }

  @Test func equalPicturesAreEqual() {
    #expect(image.peakSignalToNoiseRatio(to: image) == 100)
    #expect(abs(image.structuralSimilarity(to: image) - 1) < 1e-6)
    #expect(image.difference(from: image).pixels.elements.allSatisfy { $0 == 0 })
  }

  @Test func comparisonsHaveNoDirection() {
    #expect(image.structuralSimilarity(to: other) == other.structuralSimilarity(to: image))
    #expect(image.peakSignalToNoiseRatio(to: other) == other.peakSignalToNoiseRatio(to: image))
    let difference = image.difference(from: other).pixels.elements
    #expect(difference == other.difference(from: image).pixels.elements)
    #expect(difference.allSatisfy { 0...1 ~= $0 })
  }

  @Test func onePixelCanBeCompared() {
    let pixel = { Image(pixels: Tensor([1, 1, 3], repeating: $0)) }
    #expect(abs(pixel(0.5).structuralSimilarity(to: pixel(0.5)) - 1) < 1e-6)
    #expect(pixel(0).structuralSimilarity(to: pixel(1)) < 0.01)
    #expect(abs(pixel(0).peakSignalToNoiseRatio(to: pixel(0.1)) - 20) < 1e-4)
  }
}
