import Tensor

/// A unit of work to be timed: a kernel, a block, a model or a whole pipeline, of fixed sizes.
public struct BenchmarkUnit: Sendable {
  /// How much of a run a unit is.
  public enum Group: String, Sendable, CaseIterable {
    case kernel, block, model, pipeline
  }

  /// Says what it is and how large, by the sizes that matter: `linear-8192x320x2560`.
  public let name: String
  /// How much of a run it is.
  public let group: Group
  let work: any BenchmarkWork

  /// The floating-point operations of one run, by the textbook; nil where moving memory takes the time.
  public var operations: Int? { work.operations }
  /// The bytes that one run reads and writes at least; nil where computing takes the time.
  public var byteCount: Int? { work.byteCount }

  /// Makes what a run needs beside the work itself. Weights are read and packed by the first run.
  ///
  /// - Parameter inputs: instead of the noise that a run is given by default, by name.
  /// - Throws: `BenchmarkInputError`, or what loading a model throws.
  public func prepare(inputs given: [String: Tensor] = [:]) throws -> PreparedBenchmark {
    if let name = given.keys.sorted().first(where: { name in
      !work.inputs.contains { $0.name == name }
    }) {
      throw BenchmarkInputError(
        unit: self.name, input: name, expected: nil, known: work.inputs.map(\.name))
    }
    let inputs = try work.inputs.map { input in
      let tensor = given[input.name] ?? input.tensor
      guard tensor.shape == input.shape else {
        throw BenchmarkInputError(
          unit: self.name, input: input.name, expected: input.shape, known: [])
      }
      return (input.name, tensor)
    }
    return PreparedBenchmark(
      inputs: Dictionary(uniqueKeysWithValues: inputs), body: try work.prepare())
  }
}

/// A unit that can be run as often as one likes.
public struct PreparedBenchmark: Sendable {
  let inputs: [String: Tensor]
  let body: BenchmarkRun

  /// Does the work once.
  public func run() throws -> Tensor { try body(inputs) }
}

/// An input that a unit does not take.
public struct BenchmarkInputError: Error, Equatable, Sendable, CustomStringConvertible {
  let unit, input: String
  /// Nil where there is no such input at all.
  let expected: Shape?
  let known: [String]

  /// One sentence with what the unit takes.
  public var description: String {
    guard let expected else {
      return "`\(unit)` has no input `\(input)`: it takes \(known.joined(separator: ", "))"
    }
    return "the input `\(input)` of `\(unit)` must be of shape \(expected)"
  }
}
