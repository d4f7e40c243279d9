import Tensor
import Testing

@testable import Imaging

/// Compares with OpenCV: see `Scripts/reference/edges.py`.
struct EdgeTests {
  private let fixtures: SafetensorsFile

  init() throws { fixtures = try SafetensorsFile(path: Fixtures.path("edges.safetensors")) }

  /// A picture of 8 bits.
  private func picture(_ name: String) throws -> Image {
    Image(pixels: try fixtures.tensor(name).map { $0 / 255 })
  }

  private func mask(_ name: String) throws -> [Float] { try fixtures.tensor(name).elements }

  @Test(arguments: [
    (SobelAperture.three, [("30", "90"), ("60.5", "61.2"), ("0", "250")]),
    (.five, [("240", "720"), ("484", "489.6"), ("0", "2000")]),
    (.seven, [("2880", "8640"), ("5808", "5875.2"), ("0", "24000")]),
  ])
  func edgesAreOpenCVs(_ aperture: SobelAperture, _ thresholds: [(String, String)]) throws {
    for (norm, word) in [(GradientNorm.sum, "l1"), (.euclidean, "l2")] {
      for (low, high) in thresholds {
        let canny = Canny(
          low: try #require(Double(low)), high: try #require(Double(high)), aperture: aperture,
          norm: norm)
        let name = "\(aperture.rawValue).\(word).\(low).\(high)"
        let expected = try mask("canny.\(name)")
        #expect(expected.contains(1) && expected.contains(0), "\(name)")
        #expect(canny.edges(of: try picture("picture")).values.elements == expected, "\(name)")
      }
    }
  }

  @Test(arguments: ["noise", "row", "column", "pixel", "pair"])
  func noPictureIsTooSmallForEdges(_ name: String) throws {
    let edges = Canny(low: 200, high: 100).edges(of: try picture(name))
    #expect(edges.values.elements == (try mask("canny.\(name)")))
  }

  @Test(arguments: [("scribble", 0.5, 5, 16), ("fine", 1, 1.6, 2)])
  func sketchesAreOpenCVsGaussians(
    _ name: String, _ fine: Double, _ coarse: Double, _ threshold: Float
  ) throws {
    let sketch = try picture("picture").sketched(
      fine: fine, coarse: coarse, threshold: threshold / 255)
    let expected = try mask("sketch.\(name)")
    #expect(expected.contains(1))
    #expect(sketch.values.elements == expected)
  }

  @Test func thresholdsAreOpenCVs() throws {
    let picture = try picture("picture")
    #expect(picture.eightBitGreys.map(Float.init) == (try mask("grey")))
    let otsu = Binarization(of: picture)
    #expect([Float(otsu.threshold)] == (try mask("otsu.threshold")))
    #expect(otsu.mask.values.elements == (try mask("otsu")))
    let fixed = Binarization(of: picture, threshold: 100)
    #expect(fixed.mask.values.elements == (try mask("binary.100")))
  }

  @Test func onePixelHasNoEdgeAndNoLine() throws {
    let pixel = try picture("pixel")
    #expect(pixel.sketched().values.elements == [0])
    #expect(Binarization(of: pixel).threshold == 0)
    #expect(Binarization(of: pixel).mask.values.elements == [1])
  }

  @Test(arguments: [1, 2, 3, 4]) func tilesAreOpenCVs(_ levels: Int) throws {
    let blurred = try picture("tiles").tileBlurred(levels: levels)
    #expect(largestDifference(blurred.pixels, try fixtures.tensor("tiles.\(levels)")) < 1e-5)
  }

  @Test(arguments: ["picture", "row", "column", "pixel"])
  func tilesKeepTheirSize(_ name: String) throws {
    let picture = try picture(name)
    #expect(picture.tileBlurred(levels: 0).pixels.elements == picture.pixels.elements)
    for levels in [1, 3, 6] {
      #expect(picture.tileBlurred(levels: levels).pixels.shape == picture.pixels.shape)
    }
  }
}
