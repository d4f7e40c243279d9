import Tensor
import Testing

@testable import Imaging

/// Compares with SciPy: see `Scripts/reference/editing.py`.
struct MaskFilterTests {
  private let fixtures: SafetensorsFile

  init() throws { fixtures = try SafetensorsFile(path: Fixtures.path("masks.safetensors")) }

  private func mask(_ name: String) throws -> Mask { Mask(values: try fixtures.tensor(name)) }

  @Test(arguments: ["soft", "hard"], ["0.5", "1", "2.5", "4", "30"])
  func growingAndShrinkingAreSciPys(_ kind: String, _ radius: String) throws {
    let mask = try mask(kind)
    let distance = try #require(Double(radius))
    let (grown, shrunk) = (mask.grown(by: distance), mask.shrunk(by: distance))
    #expect(grown.values.elements == (try fixtures.tensor("\(kind).grown.\(radius)").elements))
    #expect(shrunk.values.elements == (try fixtures.tensor("\(kind).shrunk.\(radius)").elements))
  }

  @Test(arguments: ["soft", "hard"], ["1", "2.5", "9"])
  func featheringIsSciPys(_ kind: String, _ radius: String) throws {
    let feathered = try mask(kind).feathered(by: try #require(Double(radius)))
    let expected = try fixtures.tensor("\(kind).feathered.\(radius)")
    #expect(largestDifference(feathered.values, expected) < 1e-6)
  }

  @Test(arguments: ["soft", "hard"]) func fillingHolesIsSciPys(_ kind: String) throws {
    let expected = try fixtures.tensor("\(kind).filled").elements
    #expect(try mask(kind).withoutHoles.values.elements == expected)
  }

  @Test func nothingChangesBeyondTheFeather() throws {
    let mask = Mask(width: 90, height: 80, covering: Box(x: 30, y: 30, width: 30, height: 20))
    for radius in [0.0, 1, 4, 8.5] {
      let feathered = mask.feathered(by: radius)
      let reach = Int(radius)
      for y in 0..<80 {
        for x in 0..<90 {
          let isNear =
            (30 - reach..<60 + reach).contains(x) && (30 - reach..<50 + reach).contains(y)
          let isDeep =
            (30 + reach..<60 - reach).contains(x) && (30 + reach..<50 - reach).contains(y)
          let value = feathered.values.elements(y, x)
          if !isNear { #expect(value == 0) }
          if isDeep { #expect(value == 1) }
        }
      }
    }
  }

  @Test func spiralsAreFollowedOutwards() {
    // One way leads from the middle to the border, so nothing is a hole; closed, everything is.
    let open: [Float] = [
      1, 1, 1, 1, 1, 1, 1,
      1, 0, 0, 0, 0, 0, 1,
      1, 0, 1, 1, 1, 0, 1,
      1, 0, 1, 0, 0, 0, 1,
      1, 0, 1, 1, 1, 1, 1,
      1, 0, 0, 0, 0, 0, 0,
      1, 1, 1, 1, 1, 1, 1,
    ]
    var closed = open
    closed[5 * 7 + 6] = 0.5
    #expect(Mask(values: Tensor([7, 7], open)).withoutHoles.values.elements == open)
    let filled = Mask(values: Tensor([7, 7], closed)).withoutHoles.values.elements
    #expect(filled == open.enumerated().map { $1 == 0 ? 0.5 : 1 })
  }

  @Test func onePixelStaysAsItIs() {
    let mask = Mask(width: 1, height: 1, filledWith: 0.25)
    for result in [
      mask.grown(by: 100), mask.shrunk(by: 100), mask.feathered(by: 100), mask.withoutHoles,
    ] { #expect(result.values.elements == [0.25]) }
  }
}

extension Tensor {
  /// One element of `[H, W]`.
  fileprivate func elements(_ y: Int, _ x: Int) -> Float {
    withElements { $0[y * shape[1] + x] }
  }
}
