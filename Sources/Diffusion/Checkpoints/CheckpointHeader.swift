/// What the configurations alone say of a checkpoint: enough to judge a graph without reading a weight.
public struct CheckpointHeader: Sendable {
  /// The model folder.
  public let path: String
  /// Which adapters and ControlNets fit.
  public let family: ModelFamily
  /// The channels that the UNet takes: 4, or 9 for inpainting models.
  public let inChannels: Int
  /// The channels of a latent: 4.
  public let latentChannels: Int
  /// How many pixels one latent pixel stands for, along an axis.
  public let latentScale: Int
  /// Whether an empty negative prompt means all zeros.
  public let forcesZerosForEmptyPrompt: Bool
  /// The noise levels that the model was trained on, and what it predicts.
  public let noise: NoiseScheduleConfiguration
  /// Shows what is being sampled; nil where nobody knows how.
  public let preview: LatentPreview?
  let layout: CheckpointLayout

  /// - Throws: `CheckpointError` where a configuration is missing, malformed, out of range, of an
  ///   unsupported kind, or does not fit the others.
  public init(of path: String) throws {
    layout = try CheckpointLayout(path)
    let unet = try UNetConfiguration(layout.unet.configuration())
    let vaeFile = try layout.vae.configuration()
    let vae = try VAEConfiguration(vaeFile)
    let encoders = try layout.encoders.map { try TextEncoderConfiguration($0.configuration()) }
    self.path = path
    family = ModelFamily(of: unet)
    inChannels = unet.inChannels
    latentChannels = vae.latentChannels
    latentScale = 1 << (vae.channels.count - 1)
    forcesZerosForEmptyPrompt = layout.forcesZerosForEmptyPrompt
    noise = try NoiseScheduleConfiguration(ConfigurationFile(path: layout.scheduler))
    preview = try LatentPreview(vaeFile, family: family, channels: latentChannels)
    try Self.compare(unet, encoders, layout)
    guard unet.outChannels == vae.latentChannels else {
      throw layout.disagreement(
        "the UNet puts out \(unet.outChannels) channels, but the autoencoder's latents have \(vae.latentChannels)"
      )
    }
  }

  private static func compare(
    _ unet: UNetConfiguration, _ encoders: [TextEncoderConfiguration], _ layout: CheckpointLayout
  ) throws {
    let width = encoders.reduce(0) { $0 + $1.width }
    guard width == unet.contextWidth else {
      throw layout.disagreement(
        "the text encoders are \(width) wide together, but the UNet takes \(unet.contextWidth)")
    }
    guard (unet.added != nil) == (encoders.count > 1) else {
      throw layout.disagreement(
        "a UNet with `addition_embed_type` needs a second text encoder, and only it does")
    }
    guard let added = unet.added, let last = encoders.last else { return }
    let pooled = last.projection ?? last.width
    guard added.inputs == pooled + sizeCount * added.timeWidth else {
      throw layout.disagreement(
        "a pooled text of \(pooled) and \(sizeCount) sizes of \(added.timeWidth) do not make the UNet's "
          + "`projection_class_embeddings_input_dim` of \(added.inputs)")
    }
  }

  /// SDXL is told six sizes.
  private static let sizeCount = 6
}

/// The folders of a checkpoint in diffusers' layout, by its `model_index.json`.
struct CheckpointLayout: Sendable {
  let path: String
  let forcesZerosForEmptyPrompt: Bool
  private let encoderNames: [String]

  init(_ path: String) throws {
    let index = try ConfigurationFile(
      path: "\(path)/model_index.json", hint: "a model is a folder in diffusers' layout")
    self.path = path
    encoderNames = ["text_encoder", "text_encoder_2"].filter { Self.names($0, in: index) }
    forcesZerosForEmptyPrompt = try index.flag("force_zeros_for_empty_prompt", default: false)
    guard encoderNames.first == "text_encoder" else {
      throw index.wrong("text_encoder", mustBe: "a text encoder")
    }
  }

  var unet: PartFolder { PartFolder(path: "\(path)/unet") }
  var vae: PartFolder { PartFolder(path: "\(path)/vae") }
  var encoders: [PartFolder] { encoderNames.map { PartFolder(path: "\(path)/\($0)") } }
  var tokenizers: [String] {
    encoderNames.map { "\(path)/" + ($0 == "text_encoder" ? "tokenizer" : "tokenizer_2") }
  }
  var scheduler: String { "\(path)/scheduler/scheduler_config.json" }

  func disagreement(_ reason: String) -> CheckpointError {
    .disagreement(path: path, reason: reason)
  }

  /// The index gives library and class of each part; both are null where the pipeline is without it.
  private static func names(_ part: String, in index: ConfigurationFile) -> Bool {
    index[part]?.list?.contains { $0 != .null } ?? false
  }
}
