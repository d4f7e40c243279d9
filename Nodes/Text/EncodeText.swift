import Diffusion
import Engine

/// Turns a prompt into the conditioning that steers sampling.
struct EncodeText: Node {
  static let name = "encode-text"
  static let version = 2
  static let about = "Turns a prompt into the conditioning that steers sampling."

  @Input("The text encoder of a checkpoint.") var encoder: TextEncoders
  @Input("What the picture shows; what is beyond 75 tokens is cut off.") var text: String
  @Input(
    """
    What an empty text means: all zeros (`zeros`), the encoding of nothing (`encode`), or whichever \
    of the two the checkpoint says it was trained with (`as-trained`).
    """)
  var empty: EmptyText = .asTrained
  @Output("The conditioning.") var conditioning: Conditioning

  func run(_ context: RunContext) throws {
    let loaded = try encoder.encoder()
    conditioning =
      switch empty {
      case .asTrained where text.isEmpty: loaded.unprompted
      case .zeros where text.isEmpty: loaded.zeros()
      default: loaded.encode(text)
      }
    try encoder.verify(conditioning)
  }
}

/// What the conditioning of an empty prompt is.
enum EmptyText: String, ChoicePortValue {
  case asTrained = "as-trained"
  case encode
  case zeros
}
