import Diffusion
import Engine
import Graph
import Tensor

/// Opens a checkpoint; its weights are read when they are first used.
struct LoadCheckpoint: Node {
  static let name = "load-checkpoint"
  static let version = 1
  static let kind = NodeKind.handle
  static let about = """
    Opens a checkpoint: a folder in the diffusers layout, or a single safetensors file in the original layout of Stable \
    Diffusion 1.x, 2.x or XL. Its family is read from its configuration, or from its tensors' names and shapes, when \
    the graph is checked, its weights only when a node that uses them runs.
    """

  @Input(
    """
    `default` for the model that comes with Easel, a folder with a `model_index.json`, one of Hugging Face's cache, or \
    a `.safetensors` file.
    """,
    locate: ModelLocation.locate)
  var model = FilePath("default")
  @Input(
    """
    `int8` has the UNet's transformers multiply integers of 8 bits instead of floating-point numbers: faster, with a \
    quarter of the memory for these weights, but not quite the same picture. Of the model that comes with Easel, \
    pictures are at least 38 dB (PSNR) close to those in full precision, about 45 mostly.
    """)
  var precision: LinearPrecision = .full
  @Input(
    "What the UNet was trained to predict, where its files do not say it, or say it wrongly.")
  var prediction: PredictionChoice = .auto
  @Input(
    "Whether the last training step was noise alone (zero terminal SNR); without it, as its files say."
  )
  var zeroSnr: Bool?
  @Output("Removes noise from latents.", named: "model") var unet: DiffusionModel
  @Output("Turns text into conditioning.") var encoder: TextEncoders
  @Output("Turns latents into images and back.") var vae: Autoencoder

  func run(_ context: RunContext) throws {
    let checkpoint = try Checkpoint(opening: model.resolved, precision: precision)
    unet = checkpoint.model
    unet.noise = unet.noise.with(prediction, zeroTerminalSNR: zeroSnr)
    encoder = checkpoint.encoders
    vae = checkpoint.autoencoder
  }

  static func infer(_ ports: inout Inference) throws {
    guard case .path(let path)? = ports.constants["model"] else { return }
    let header = try ports.reading("model") {
      let header = try CheckpointHeader(of: path.resolved)
      try header.verifyWeights()
      return header
    }
    ports.families["F"] = Family(header.family)
  }
}

extension LinearPrecision: ChoicePortValue {}
extension PredictionChoice: ChoicePortValue {}
