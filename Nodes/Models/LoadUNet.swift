import Diffusion
import Engine
import Graph
import Tensor

/// Opens a UNet alone; its weights are read when they are first used.
struct LoadUNet: Node {
  static let name = "load-unet"
  static let version = 1
  static let kind = NodeKind.handle
  static let about = """
    Opens the UNet of a model without its other parts. Its family is read when the graph is checked, its weights only \
    when a node that uses them runs.
    """

  @Input(
    """
    A `.safetensors` file that holds a UNet, alone or with other parts, in the original layout or that of diffusers, or \
    a folder in the diffusers layout.
    """,
    locate: ModelLocation.of(.unet))
  var unet: FilePath
  @Input("As for `load-checkpoint`.") var precision: LinearPrecision = .full
  @Input(
    "What the UNet was trained to predict, where its files do not say it, or say it wrongly.")
  var prediction: PredictionChoice = .auto
  @Input(
    "Whether the last training step was noise alone (zero terminal SNR); without it, as its files say."
  )
  var zeroSnr: Bool?
  @Output("Removes noise from latents.") var model: DiffusionModel

  func run(_ context: RunContext) throws {
    model = try DiffusionModel(opening: unet.resolved, precision: precision)
    model.noise = model.noise.with(prediction, zeroTerminalSNR: zeroSnr)
  }

  static func infer(_ ports: inout Inference) throws {
    guard case .path(let path)? = ports.constants["unet"] else { return }
    let model = try ports.reading("unet") { try DiffusionModel(opening: path.resolved) }
    ports.families["F"] = Family(model.family)
  }
}
