import Tensor
import Testing

@testable import Imaging

/// Compares with Pillow on pictures of f32: see `Scripts/reference/images.py`.
@Suite(.serialized) struct ResamplingTests {
  private static let sizes = [
    (13, 9), (26, 18), (39, 9), (13, 4), (7, 5), (31, 3), (5, 23), (1, 1), (2, 40),
  ]

  @Test(arguments: ResamplingFilter.allCases)
  func resamplingAgreesWithPillow(_ filter: ResamplingFilter) throws {
    let fixtures = try SafetensorsFile(path: Fixtures.path("resampling.safetensors"))
    let source = try fixtures.tensor("source")
    for (width, height) in Self.sizes {
      let expected = try fixtures.tensor("\(filter).stretch.\(width)x\(height)")
      let found = source.resampled(toWidth: width, height: height, filter: filter)
      #expect(found.shape == expected.shape)
      #expect(largestDifference(found, expected) <= 1e-6, "\(filter) to \(width)x\(height)")
    }
  }

  @Test(arguments: ResamplingFilter.allCases)
  func coveringAgreesWithPillow(_ filter: ResamplingFilter) throws {
    let fixtures = try SafetensorsFile(path: Fixtures.path("resampling.safetensors"))
    let source = Image(pixels: try fixtures.tensor("source"))
    for (width, height) in Self.sizes {
      let expected = try fixtures.tensor("\(filter).cover.\(width)x\(height)")
        .map { min(max($0, 0), 1) }
      let found = source.resized(toWidth: width, height: height, filter: filter, fit: .cover)
      #expect(
        largestDifference(found.pixels, expected) <= 1e-6, "\(filter) to \(width)x\(height)")
    }
  }

  @Test(arguments: ResamplingFilter.allCases)
  func threadCountChangesNothing(_ filter: ResamplingFilter) throws {
    let source = try SafetensorsFile(path: Fixtures.path("resampling.safetensors")).tensor("source")
    let threads = ThreadPool.shared.threadCount
    defer { ThreadPool.shared.setThreadCount(threads) }
    let results = [1, 2, 3, 8].map { count in
      ThreadPool.shared.setThreadCount(count)
      return source.resampled(toWidth: 61, height: 47, filter: filter).elements.map(\.bitPattern)
    }
    #expect(results.allSatisfy { $0 == results[0] })
  }

  @Test(arguments: ResamplingFilter.allCases, [(1, 1), (3, 7), (50, 20), (7, 100)])
  func onePictureOfOneColorKeepsIt(_ filter: ResamplingFilter, _ size: (Int, Int)) {
    let plain = Mask(width: 9, height: 14, filledWith: 0.25)
    let values = plain.resized(toWidth: size.0, height: size.1, filter: filter).values.elements
    #expect(values.allSatisfy { abs($0 - 0.25) < 1e-6 })
  }
}
