import Diffusion
import Engine

/// Takes back what guidance does to contrast.
struct RescaleCFG: Node {
  static let name = "rescale-cfg"
  static let version = 1
  static let kind = NodeKind.handle
  static let about = """
    Keeps a high `cfg` from burning a picture's contrast: brings the guided prediction back to the deviation of the \
    prompt's own. Meant for models that predict `v`.
    """

  @Input("The model.") var model: DiffusionModel
  @Input("How much is taken back.", in: 0...1) var rescale: Double = 0.7
  @Output("The model, guided so.", named: "model") var guided: DiffusionModel

  func run(_ context: RunContext) throws {
    var changed = model
    changed.guidance.rescale = Float(rescale)
    guided = changed
  }
}
