import Diffusion
import Engine
import Graph

/// Turns a prompt into the conditioning that steers sampling.
struct EncodeText: Node {
  static let name = "encode-text"
  static let version = 3
  static let about = "Turns a prompt into the conditioning that steers sampling."

  @Input("The text encoder of a checkpoint.") var encoder: TextEncoders
  @Input(
    """
    What the picture shows: `(more)`, `(this much:1.3)`, `[less]`, `embedding:name` for what `load-embedding` attached. \
    Beyond 75 tokens, and behind a `BREAK`, another chunk begins.
    """)
  var text: String
  @Input("What SDXL's second encoder is told instead.") var secondText: String?
  @Input(
    """
    How weights are understood and long texts are cut: as ComfyUI (`comfy`) or AUTOMATIC1111 (`a1111`) does.
    """)
  var weighting: PromptWeighting = .comfy
  @Input(
    """
    Which layer of the encoder is taken, counted from the last, which is 1; without it, the one that the model was \
    trained with.
    """, in: 1...64)
  var clipSkip: Int?
  @Input(
    """
    What an empty text means: all zeros (`zeros`), the encoding of nothing (`encode`), or whichever \
    of the two the checkpoint says it was trained with (`as-trained`).
    """)
  var empty: EmptyText = .asTrained
  @Output("The conditioning.") var conditioning: Conditioning

  func run(_ context: RunContext) throws {
    let isEmpty = text.isEmpty && secondText?.isEmpty ?? true
    let prompt = Prompt(text, second: secondText, weighting: weighting, clipSkip: clipSkip)
    let loaded = try encoder.encoder()
    conditioning =
      switch empty {
      case .asTrained where isEmpty && loaded.forcesZerosForEmptyPrompt: loaded.zeros()
      case .zeros where isEmpty: loaded.zeros()
      default: try encoder.encode(prompt)
      }
    try encoder.verify(conditioning)
  }

  static func infer(_ ports: inout Inference) throws {
    ports.warnWithoutSDXL(
      ["second-text"], owner: "encoder", help: "leave it out: they have a single text encoder")
  }
}

extension PromptWeighting: ChoicePortValue {}

/// What the conditioning of an empty prompt is.
enum EmptyText: String, ChoicePortValue {
  case asTrained = "as-trained"
  case encode
  case zeros
}
