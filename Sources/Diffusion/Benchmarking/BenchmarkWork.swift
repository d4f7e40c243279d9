import Tensor

/// Some work of fixed sizes that can be timed: what goes in, and how much there is to do.
protocol BenchmarkWork: Sendable {
  /// The floating-point operations of one run, by the textbook: two for each weight that an element meets, whatever
  /// shortcut a kernel takes. Nil where moving memory takes the time.
  var operations: Int? { get }
  /// The bytes that one run reads and writes at least; nil where computing takes the time.
  var byteCount: Int? { get }
  /// What a run is given.
  var inputs: [BenchmarkInput] { get }
  /// Makes the weights; what comes back is timed. Throws where a model cannot be loaded.
  func prepare() throws -> BenchmarkRun
}

/// One run, on the inputs by name.
typealias BenchmarkRun = @Sendable ([String: Tensor]) throws -> Tensor

extension BenchmarkWork {
  var operations: Int? { nil }
  var byteCount: Int? { nil }
}

/// An input of some work, and what it is where nobody gives another.
struct BenchmarkInput: Sendable {
  let name: String
  let shape: Shape
  /// The elements; nil for noise of deviation one.
  var elements: [Float]?

  /// The input as it is by default, the same at each call.
  var tensor: Tensor {
    if let elements { return Tensor(shape, elements) }
    return .pseudorandom(shape, seed: UInt64(name.utf8.reduce(0) { 31 * $0 + Int($1) }))
  }
}

extension [String: Tensor] {
  /// The input of a name; every run is given all that its work asks for.
  func input(_ name: String) -> Tensor {
    guard let tensor = self[name] else { preconditionFailure("no input \(name)") }
    return tensor
  }
}
