import Diffusion
import Engine
import Graph

/// Guides during a part of the run.
struct LimitCFG: Node {
  static let name = "limit-cfg"
  static let version = 1
  static let kind = NodeKind.handle
  static let about = """
    Lets `cfg` hold during a part of the run only. Outside of it, the model follows the prompt alone, in half the \
    time. Guidance in the middle of a run is enough for most of its effect.
    """

  @Input("The model.") var model: DiffusionModel
  @Input("Where guidance begins, in parts of the steps that the model was trained on.", in: 0...1)
  var start: Double = 0.2
  @Input("Where it ends; 1 is the finished picture.", in: 0...1) var end: Double = 0.8
  @Output("The model, guided so.", named: "model") var guided: DiffusionModel

  func run(_ context: RunContext) throws {
    var changed = model
    changed.guidance.range = try TimestepRange(from: start, to: end)
    guided = changed
  }

  static func infer(_ ports: inout Inference) throws { try ports.requireRange() }
}
