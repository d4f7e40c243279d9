import Tensor

/// A model: a folder in diffusers' layout, or a single file. Its parts are built when they are first asked for, and shared.
public struct Checkpoint: Sendable {
  /// What the configurations say.
  public let header: CheckpointHeader
  /// The denoiser.
  public let model: DiffusionModel
  /// The tokenizers and text encoders.
  public let encoders: TextEncoders
  /// The autoencoder.
  public let autoencoder: Autoencoder

  /// Reads the configurations.
  /// - Parameter precision: of the linear layers in the UNet's transformers; all else is full.
  /// - Throws: `CheckpointError` or `SafetensorsError`, as `CheckpointHeader` does.
  public init(opening path: String, precision: LinearPrecision = .full) throws {
    let header = try CheckpointHeader(of: path)
    let layout = header.layout
    self.header = header
    encoders = TextEncoders(
      family: header.family, layout.tokenizers, layout.encoders, of: path,
      forcesZerosForEmptyPrompt: layout.forcesZerosForEmptyPrompt)
    model = DiffusionModel(
      layout.unet, noise: header.noise, preview: header.preview, encoders: encoders,
      precision: precision)
    autoencoder = Autoencoder(family: header.family, layout.vae)
  }

  /// The tokenizers and text encoders.
  /// - Throws: `CheckpointError` or `SafetensorsError` where a file is missing or not as it must be.
  public func textEncoder() throws -> PromptEncoder { try encoders.encoder() }

  /// The denoiser.
  /// - Throws: `CheckpointError` or `SafetensorsError` where a file is missing or not as it must be.
  public func unet() throws -> UNet { try model.unet() }

  /// The autoencoder.
  /// - Throws: `CheckpointError` or `SafetensorsError` where a file is missing or not as it must be.
  public func vae() throws -> any LatentCodec { try autoencoder.vae() }
}

extension DiffusionModel {
  /// - Parameters:
  ///   - encoders: those of its checkpoint; nil where it came without.
  ///   - precision: of the linear layers in its transformers.
  init(
    _ unet: PartSource<UNet>, noise: NoiseScheduleConfiguration, preview: LatentPreview?,
    encoders: TextEncoders?, precision: LinearPrecision
  ) {
    self.init(
      family: ModelFamily(of: unet.configuration), noise: noise, preview: preview,
      encoders: encoders,
      part: AdaptablePart {
        try unet.load(precision: precision, adapters: $0, as: .unet)
      },
      check: unet.check)
  }
}

extension TextEncoders {
  /// - Parameter path: of the model, for messages.
  init(
    family: ModelFamily, _ tokenizers: [TokenizerSource], _ encoders: [PartSource<TextEncoder>],
    of path: String, forcesZerosForEmptyPrompt: Bool
  ) {
    self.init(
      family: family,
      part: AdaptablePart { adapters in
        try PromptEncoder(
          tokenizers, encoders, adapters: adapters, of: path,
          forcesZerosForEmptyPrompt: forcesZerosForEmptyPrompt)
      },
      checks: encoders.map(\.check))
  }
}
