/// What an autoencoder cannot turn into a picture or a latent.
public enum VAEInputError: Error, Equatable, Sendable {
  /// The latent has other channels than the autoencoder was made for.
  case latentChannels(expected: Int, found: Int)
  /// The files hold no decoder, or no encoder; `path` is that of what there is.
  case missingHalf(name: String, path: String)
}

extension VAEInputError: CustomStringConvertible {
  /// One sentence with what is there and what would be needed.
  public var description: String {
    switch self {
    case .latentChannels(let expected, let found):
      "the autoencoder's latents have \(expected) channels, but this one has \(found)"
    case .missingHalf(let name, let path):
      "\(path): it holds no \(name); put the file `taesd_\(name).safetensors` of the same model beside it"
    }
  }
}
