/// What the configurations, or the shapes of the weights, say of a checkpoint: enough to judge a graph without reading
/// a weight.
public struct CheckpointHeader: Sendable {
  /// The model's folder or file.
  public let path: String
  /// Which adapters and ControlNets fit.
  public let family: ModelFamily
  /// The channels that the UNet takes: 4, 9 for inpainting models, 8 for those that follow instructions.
  public let inChannels: Int
  /// The channels of a latent: 4.
  public let latentChannels: Int
  /// How many pixels one latent pixel stands for, along an axis.
  public let latentScale: Int
  /// Whether an empty negative prompt means all zeros.
  public let forcesZerosForEmptyPrompt: Bool
  /// The noise levels that the model was trained on, and what it predicts.
  public let noise: NoiseScheduleConfiguration
  /// How the prediction was known.
  public let evidence: RecognizedNoise.Evidence
  /// Shows what is being sampled; nil where nobody knows how.
  public let preview: LatentPreview?
  let layout: CheckpointLayout

  /// - Throws: `CheckpointError` where a configuration is missing, malformed, out of range, of an unsupported kind, or
  ///   does not fit the others, or where the file is no checkpoint; `SafetensorsError` where the file is broken.
  public init(of path: String) throws {
    layout = try CheckpointLayout(path)
    let (unet, vae) = (layout.unet.configuration, layout.vae.configuration)
    self.path = path
    family = ModelFamily(of: unet)
    inChannels = unet.inChannels
    latentChannels = vae.latentChannels
    latentScale = 1 << (vae.channels.count - 1)
    forcesZerosForEmptyPrompt = layout.forcesZerosForEmptyPrompt
    noise = layout.noise.configuration
    evidence = layout.noise.evidence
    preview = layout.preview
    try layout.compare()
  }
}
