import Tensor

/// A latent that an autoencoder cannot decode.
public enum VAEInputError: Error, Equatable, Sendable {
  /// The latent has other channels than the autoencoder was made for.
  case latentChannels(expected: Int, found: Int)
}

extension VAEInputError: CustomStringConvertible {
  /// One sentence with both widths.
  public var description: String {
    switch self {
    case .latentChannels(let expected, let found):
      "the autoencoder's latents have \(expected) channels, but this one has \(found)"
    }
  }
}

extension VAE {
  /// Makes sure that a latent `[N, h, w, C]` can be decoded. Throws `VAEInputError`.
  public func verify(latent: Tensor) throws {
    let found = latent.shape[-1]
    guard found == latentChannels else {
      throw VAEInputError.latentChannels(expected: latentChannels, found: found)
    }
  }
}
