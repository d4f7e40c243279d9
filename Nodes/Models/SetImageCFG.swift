import Diffusion
import Engine

/// Follows the picture that is to be changed more or less closely.
struct SetImageCFG: Node {
  static let name = "set-image-cfg"
  static let version = 1
  static let kind = NodeKind.handle
  static let about = """
    Says how closely a model follows the picture that `pix2pix-conditioning` shows it, as `cfg` does for the \
    instruction. Any other than 1 runs the model once more in each step.
    """

  @Input("The model.") var model: DiffusionModel
  @Input("How closely; 1 to 2 are usual.", in: 0...100) var scale: Double = 1.5
  @Output("The model, guided so.", named: "model") var guided: DiffusionModel

  func run(_ context: RunContext) throws {
    var changed = model
    changed.guidance.imageScale = Float(scale)
    guided = changed
  }
}
