import Diffusion
import Engine
import Graph

/// A prompt for a part of the run.
struct ConditioningRange: Node {
  static let name = "conditioning-range"
  static let version = 1
  static let about = """
    Lets a prompt hold during a part of the run only: early steps decide on the composition, late ones on details. \
    Combine it with a prompt for the rest (`combine-conditioning`).
    """

  @Input("The prompt.") var conditioning: Conditioning
  @Input("Where it begins, in parts of the steps that the model was trained on.", in: 0...1)
  var start: Double = 0
  @Input("Where it ends; 1 is the finished picture.", in: 0...1) var end: Double = 1
  @Output("The prompt, in its time.", named: "conditioning") var timed: Conditioning

  func run(_ context: RunContext) throws {
    let range = try TimestepRange(from: start, to: end)
    timed = conditioning.mapParts { $0.range = range }
  }

  static func infer(_ ports: inout Inference) throws { try ports.requireRange() }
}
