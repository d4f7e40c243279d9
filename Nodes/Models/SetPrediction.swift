import Diffusion
import Engine

/// Says what a model predicts.
struct SetPrediction: Node {
  static let name = "set-prediction"
  static let version = 1
  static let kind = NodeKind.handle
  static let about = """
    Says what a model predicts, and on which noise levels, for models whose files say nothing or something else: \
    after an adapter that changed it, say.
    """

  @Input("The model.") var model: DiffusionModel
  @Input("What the model predicts of a noisy latent: its noise (`epsilon`) or `v_prediction`.")
  var prediction: PredictionType
  @Input(
    "Whether the last training step was noise alone (zero terminal SNR); without it, as before.")
  var zeroSnr: Bool?
  @Output("The model, sampled so.", named: "model") var sampled: DiffusionModel

  func run(_ context: RunContext) throws {
    var changed = model
    changed.noise.prediction = prediction
    if let zeroSnr { changed.noise.rescalesToZeroTerminalSNR = zeroSnr }
    sampled = changed
  }
}

extension PredictionType: ChoicePortValue {}
