import Diffusion
import Graph

extension TimestepRange {
  /// What the ports `start` and `end` say. Throws `EmptyRange`.
  init(from start: Double, to end: Double) throws {
    guard start <= end else { throw EmptyRange(start: start, end: end) }
    self.init(start: Float(start), end: Float(end))
  }
}

/// A range that ends before it begins.
struct EmptyRange: Error, CustomStringConvertible {
  var start, end: Double

  var description: String { "the end, \(end), lies before the start, \(start)" }
}

extension Inference {
  /// Finds fault with ports `start` and `end` whose range would be empty.
  func requireRange() throws {
    guard case .float(let start)? = constants["start"], case .float(let end)? = constants["end"],
      start > end
    else { return }
    throw InferenceFailure(
      .outOfRange, port: "end", others: ["start"], EmptyRange(start: start, end: end).description,
      help: "exchange `start` and `end`")
  }
}
