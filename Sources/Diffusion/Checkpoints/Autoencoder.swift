/// An autoencoder between pictures and latents, loaded when it is first asked for.
public struct Autoencoder: Sendable {
  /// The models whose latents it turns into pictures.
  public let family: ModelFamily
  private let loaded: Lazy<Result<VAE, any Error>>

  init(family: ModelFamily, load: @escaping @Sendable () throws -> VAE) {
    self.family = family
    loaded = Lazy { Result { try load() } }
  }

  /// The network.
  /// - Throws: `CheckpointError` or `SafetensorsError` where a file is missing or not as it must be.
  public func vae() throws -> VAE { try loaded.value.get() }
}
