import Tensor

/// What turns latents into pictures and back.
public protocol LatentCodec: Sendable {
  /// The channels of a latent.
  var latentChannels: Int { get }

  /// A latent as it was sampled, `[N, h, w, C]`, to a picture `[N, H, W, 3]` in about -1...1.
  func decode(_ latent: Tensor) throws -> Tensor

  /// A picture `[N, H, W, 3]` in -1...1 to its latent, `[N, h, w, C]`, scaled as for sampling.
  func encode(_ image: Tensor) throws -> Tensor

  /// A latent that is scaled as for sampling, `[N, h, w, C]`, as the family's own encoder puts it out.
  func unscaled(_ latent: Tensor, of family: ModelFamily) -> Tensor

  /// About what either direction takes at most beside the weights, in bytes.
  /// - Parameters:
  ///   - width: of the picture, in pixels.
  ///   - height: of the picture, in pixels.
  func peakBytes(width: Int, height: Int) -> Int
}

extension LatentCodec {
  /// Makes sure that a latent `[N, h, w, C]` can be decoded. Throws `VAEInputError`.
  public func verify(latent: Tensor) throws {
    let found = latent.shape[-1]
    guard found == latentChannels else {
      throw VAEInputError.latentChannels(expected: latentChannels, found: found)
    }
  }
}

extension VAE: LatentCodec {
  /// Within the memory that is used where nothing else is said.
  public func decode(_ latent: Tensor) -> Tensor { decode(latent, memory: VAE.defaultMemory) }
  /// Within the memory that is used where nothing else is said.
  public func encode(_ image: Tensor) -> Tensor { encode(image, memory: VAE.defaultMemory) }
  /// By its own configuration, whatever the family.
  public func unscaled(_ latent: Tensor, of family: ModelFamily) -> Tensor { unscaled(latent) }
  /// Within the memory that is used where nothing else is said.
  public func peakBytes(width: Int, height: Int) -> Int {
    peakBytes(width: width, height: height, memory: VAE.defaultMemory)
  }
}
