import Tensor

/// A model folder in diffusers' layout. Its parts are built when they are first asked for, and shared.
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
  /// - Throws: `CheckpointError`, as `CheckpointHeader` does.
  public init(opening path: String, precision: LinearPrecision = .full) throws {
    let header = try CheckpointHeader(of: path)
    let layout = header.layout
    self.header = header
    encoders = TextEncoders(
      family: header.family, part: AdaptablePart { try PromptEncoder(layout, adapters: $0) })
    model = DiffusionModel(
      family: header.family, noise: header.noise, preview: header.preview, encoders: encoders,
      part: AdaptablePart { try layout.unet.load(precision: precision, adapters: $0) })
    autoencoder = Autoencoder(family: header.family) { try layout.vae.load() }
  }

  /// The tokenizers and text encoders.
  /// - Throws: `CheckpointError` or `SafetensorsError` where a file is missing or not as it must be.
  public func textEncoder() throws -> PromptEncoder { try encoders.encoder() }

  /// The denoiser.
  /// - Throws: `CheckpointError` or `SafetensorsError` where a file is missing or not as it must be.
  public func unet() throws -> UNet { try model.unet() }

  /// The autoencoder.
  /// - Throws: `CheckpointError` or `SafetensorsError` where a file is missing or not as it must be.
  public func vae() throws -> VAE { try autoencoder.vae() }
}

extension PromptEncoder {
  init(_ layout: CheckpointLayout, adapters: [AppliedAdapter] = []) throws {
    forcesZerosForEmptyPrompt = layout.forcesZerosForEmptyPrompt
    branches = try zip(layout.tokenizers, layout.encoders).enumerated().map { index, files in
      let encoder = try files.1.load(
        TextEncoder.self, adapters: adapters, as: .textEncoder(index))
      return try Branch(tokenizer: files.0, encoder: encoder)
    }
    let lengths = Set(branches.map(\.tokenizer.length))
    guard lengths.count == 1 else {
      throw layout.disagreement("the text encoders take texts of different lengths")
    }
  }
}

extension PromptEncoder.Branch {
  fileprivate init(tokenizer folder: String, encoder: TextEncoder) throws {
    self.encoder = encoder
    let configuration = encoder.configuration
    tokenizer = try CLIPTokenizer(folder: folder, positions: configuration.positions)
    let known = 0..<configuration.vocabulary
    let unknown = tokenizer.encoder.vocabulary.values.filter { !known.contains($0) }.max()
    guard let unknown else { return }
    throw CheckpointError.disagreement(
      path: folder,
      reason: "it has the token \(unknown), but the encoder knows only those in \(known)")
  }
}
