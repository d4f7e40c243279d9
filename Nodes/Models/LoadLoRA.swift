import Diffusion
import Engine
import Graph

/// Puts a LoRA or one of its kin on a model.
struct LoadLoRA: Node {
  static let name = "load-lora"
  static let version = 1
  static let kind = NodeKind.handle
  static let about = """
    Puts a LoRA, LoCon, LoHa, LoKr or DoRA on a model and its text encoders. Several are put on by several such \
    nodes, one behind the other. Nothing is copied: weights are changed when they are read.
    """

  @Input("The model to change.") var model: DiffusionModel
  @Input("The text encoders to change; without it, those that the model came with.")
  var encoder: TextEncoders?
  @Input(
    "A safetensors file, a folder that PEFT saved one in, or a name that `easel models` lists.",
    locate: ModelLocation.of(.lora))
  var lora: FilePath
  @Input(
    "How much of the changes of the model; 0 is nothing, less than 0 the opposite.", in: -10...10)
  var strength: Double = 1
  @Input("How much of the changes of the text encoders; without it, as `strength`.", in: -10...10)
  var encoderStrength: Double?
  @Output("The changed model.", named: "model") var adaptedModel: DiffusionModel
  @Output("The changed text encoders.", named: "encoder") var adaptedEncoder: TextEncoders

  func run(_ context: RunContext) throws {
    let adapted = try Adapter(opening: lora.resolved).applied(
      to: model, encoders: encoder, strength: strength,
      encoderStrength: encoderStrength ?? strength)
    if let note = adapted.note { context.note(note) }
    adaptedModel = adapted.model
    adaptedEncoder = adapted.encoders
  }

  static func infer(_ ports: inout Inference) throws {
    guard case .path(let path)? = ports.constants["lora"] else { return }
    let adapter = try ports.reading("lora") { try Adapter(opening: path.resolved) }
    if let family = adapter.family { ports.families["F"] = Family(rawValue: family.rawValue) }
    guard let message = adapter.unknownKeysMessage else { return }
    ports.warn(
      .unusedWeights, port: "lora", message,
      help: "they are left out; `allow: [unused-weights]` says that this is meant")
  }
}
