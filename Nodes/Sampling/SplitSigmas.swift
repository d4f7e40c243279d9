import Diffusion
import Engine
import Graph

/// The noise levels of two runs that make up one.
struct SplitSigmas: Node {
  static let name = "split-sigmas"
  static let version = 1
  static let about = """
    Takes noise levels apart for two runs that make up one; the level between them is in both. Say \
    either `step` or `denoise`.
    """

  @Input("The levels, falling.") var sigmas: [Double]
  @Input("How many steps the first part has.", in: 0...1000) var step: Int?
  @Input("The share of the steps that the second part has.", in: 0...1) var denoise: Double?
  @Output("The first, higher levels.") var high: [Double]
  @Output("The last, lower levels.") var low: [Double]

  func run(_ context: RunContext) throws {
    switch (step, denoise) {
    case (let step?, nil): (high, low) = NoiseLevelList.split(sigmas, at: step)
    case (nil, let denoise?): (high, low) = NoiseLevelList.split(sigmas, denoise: denoise)
    default: throw NotOneSplit()
    }
  }

  static func infer(_ ports: inout Inference) throws {
    let given = ["step", "denoise"].filter { ports.inputs[$0] != nil }
    if given.count != 1 {
      throw InferenceFailure(.invalidValue, port: given.first, others: given, "\(NotOneSplit())")
    }
  }
}

/// Levels that are to be split nowhere, or twice.
struct NotOneSplit: Error, CustomStringConvertible {
  var description: String { "`split-sigmas` takes either `step` or `denoise`" }
}
