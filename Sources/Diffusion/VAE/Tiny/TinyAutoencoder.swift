import Glibc
import Tensor

/// A small autoencoder of convolutions alone that stands in for the one of a model family: TAESD and TAESDXL by
/// Ollin Boer Bohan, diffusers' `AutoencoderTiny`. Decodes in a tenth of the time, with less detail.
public struct TinyAutoencoder: Sendable {
  private let configuration: TinyAutoencoderConfiguration
  private let encoder, decoder: TinyStack?
  /// What messages name.
  private let path: String

  /// The channels of a latent.
  public var latentChannels: Int { configuration.latentChannels }

  /// - Parameters:
  ///   - encoder: nil for files without one.
  ///   - decoder: nil for files without one.
  init(
    encoder: TinyStack?, decoder: TinyStack?, _ configuration: TinyAutoencoderConfiguration,
    path: String
  ) {
    self.configuration = configuration
    self.encoder = encoder
    self.decoder = decoder
    self.path = path
  }
}

extension TinyAutoencoder: LatentCodec {
  /// Throws `VAEInputError` for files without a decoder.
  public func decode(_ latent: Tensor) throws -> Tensor {
    guard let decoder else { throw VAEInputError.missingHalf(name: "decoder", path: path) }
    return TensorArena.keeping {
      latent.mappingSamples { latent in
        // Latents beyond what pictures have are bent back instead of being cut off.
        let x = (latent * (1 / configuration.scalingFactor)).map { tanh($0 / 3) * 3 }
        return decoder(x).map { $0 * 2 - 1 }
      }
    }
  }

  /// Throws `VAEInputError` for files without an encoder.
  public func encode(_ image: Tensor) throws -> Tensor {
    guard let encoder else { throw VAEInputError.missingHalf(name: "encoder", path: path) }
    return TensorArena.keeping {
      image.mappingSamples { encoder($0.map { ($0 + 1) / 2 }) * configuration.scalingFactor }
    }
  }

  /// By the factor of the autoencoder that it stands in for.
  public func unscaled(_ latent: Tensor, of family: ModelFamily) -> Tensor {
    LatentScaling(factor: LatentScaling.factor(of: family)).unscaled(latent)
  }

  /// Four pictures of all channels at once: the input of a block, what two of its convolutions make of it, and the
  /// windows that one of them reads.
  public func peakBytes(width: Int, height: Int) -> Int {
    4 * width * height * configuration.channels * MemoryLayout<Float>.stride
  }
}
