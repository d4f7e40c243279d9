import Tensor

/// An autoencoder between pictures and latents, loaded when it is first asked for.
public struct Autoencoder: Sendable {
  /// The models whose latents it turns into pictures.
  public let family: ModelFamily
  private let loaded: Lazy<Result<any LatentCodec, any Error>>
  private let check: ResultCheck

  init(family: ModelFamily, _ source: PartSource<VAE>) {
    self.init(family: family, check: source.check) { try source.load() }
  }

  init(
    family: ModelFamily, check: ResultCheck,
    load: @escaping @Sendable () throws -> any LatentCodec
  ) {
    self.family = family
    self.check = check
    loaded = Lazy { Result { try load() } }
  }

  /// The network.
  /// - Throws: `CheckpointError` or `SafetensorsError` where a file is missing or not as it must be.
  public func vae() throws -> any LatentCodec { try loaded.value.get() }

  /// Makes sure that a picture or a latent that came out of it are numbers.
  /// - Throws: `CheckpointError` that names the weights which are none, if it is because of them.
  public func verify(_ result: Tensor) throws { try check(result) }
}
