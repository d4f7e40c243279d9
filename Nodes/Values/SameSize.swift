import Graph
import Imaging

/// Pictures or masks of different sizes where one size is needed.
struct SizesDiffer: Error, CustomStringConvertible {
  var port: String
  var size: (width: Int, height: Int)
  var other: String
  var otherSize: (width: Int, height: Int)

  /// Throws where two values that go together pixel by pixel do not have one size.
  static func check(
    _ port: String, _ value: some Raster, _ other: String, _ otherValue: some Raster
  ) throws {
    let sizes = [value.planes.shape, otherValue.planes.shape].map { ($0[1], $0[0]) }
    try check(port, size: sizes[0], other, size: sizes[1])
  }

  /// The same of values whose sizes are at hand.
  static func check(
    _ port: String, size: (width: Int, height: Int), _ other: String,
    size otherSize: (width: Int, height: Int)
  ) throws {
    guard size != otherSize else { return }
    throw SizesDiffer(port: port, size: size, other: other, otherSize: otherSize)
  }

  var description: String {
    "`\(port)` is \(size.width)x\(size.height), and `\(other)` is "
      + "\(otherSize.width)x\(otherSize.height); they must be of one size"
  }
}

extension Inference {
  /// Finds fault with `port` where its size is known not to be that of `other`.
  func requireSameSize(_ port: String, as other: String) throws {
    let (own, wanted) = (extent(of: port), extent(of: other))
    func differ(_ one: Int?, _ two: Int?) -> Bool { one != nil && two != nil && one != two }
    guard differ(own.width, wanted.width) || differ(own.height, wanted.height) else { return }
    throw InferenceFailure(
      .sizeMismatch, port: port, others: [other],
      "`\(port)` is \(Self.spelled(own)), and `\(other)` is \(Self.spelled(wanted))",
      help: "bring one to the other's size with `resize-image` or `resize-mask`")
  }

  private static func spelled(_ extent: Extent) -> String {
    [extent.width, extent.height].map { $0.map(String.init) ?? "?" }.joined(separator: "x")
  }
}
