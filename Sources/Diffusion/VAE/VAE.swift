import Tensor

/// The autoencoder between pictures and latents: diffusers' `AutoencoderKL`.
public struct VAE: Sendable {
  private let configuration: VAEConfiguration
  let encoder: VAEEncoder
  let decoder: VAEDecoder
  private let quantConv, postQuantConv: Linear?

  /// What a latent is multiplied by, so that its deviation is about one.
  public var scalingFactor: Float { configuration.scaling.factor }
  /// How many pixels one latent pixel stands for, along an axis.
  public var scale: Int { 1 << (configuration.channels.count - 1) }
  /// The channels of each level, from the full resolution down.
  var channels: [Int] { configuration.channels }
  /// The channels of a latent.
  public var latentChannels: Int { configuration.latentChannels }

  init(_ weights: Weights, _ configuration: VAEConfiguration) {
    let latent = configuration.latentChannels
    self.configuration = configuration
    encoder = VAEEncoder(weights["encoder"], configuration)
    decoder = VAEDecoder(weights["decoder"], configuration)
    quantConv =
      configuration.hasQuantConv
      ? Linear(weights["quant_conv"], 2 * latent, 2 * latent, storage: .convolution) : nil
    postQuantConv =
      configuration.hasPostQuantConv
      ? Linear(weights["post_quant_conv"], latent, latent, storage: .convolution) : nil
  }

  /// A latent as it was sampled, `[N, h, w, C]`, to a picture `[N, H, W, 3]` in about -1...1.
  ///
  /// - Parameter memory: how many bytes to hold at most, beside the weights. Where the pictures between two
  ///   layers do not fit, they are made again, band by band, whenever they are needed: slower, but with the
  ///   same bits. See `plannedWork`. Below what the least plan needs, it changes nothing.
  public func decode(_ latent: Tensor, memory: Int = defaultMemory) -> Tensor {
    decode(latent, memory: memory, observe: nil)
  }

  /// A picture `[N, H, W, 3]` in -1...1 to the mean of its latent, `[N, h, w, C]`, scaled as for sampling.
  /// H and W are multiples of `scale`.
  ///
  /// - Parameter memory: as for `decode`.
  public func encode(_ image: Tensor, memory: Int = defaultMemory) -> Tensor {
    encode(image, memory: memory, observe: nil)
  }

  func decode(
    _ latent: Tensor, memory: Int = defaultMemory, observe: ((String, Tensor) -> Void)?
  ) -> Tensor {
    TensorArena.keeping(atMost: memory) {
      let unscaled = configuration.scaling.unscaled(latent)
      return (postQuantConv?(unscaled) ?? unscaled).mappingSamples {
        decoder($0, memory: memory, observe: observe)
      }
    }
  }

  func encode(
    _ image: Tensor, memory: Int = defaultMemory, observe: ((String, Tensor) -> Void)?
  ) -> Tensor {
    TensorArena.keeping(atMost: memory) {
      let moments = image.mappingSamples { encoder($0, memory: memory, observe: observe) }
      let mean = (quantConv?(moments) ?? moments).slice(0..<latentChannels, axis: -1)
      return configuration.scaling.scaled(mean)
    }
  }

  /// A latent that is scaled as for sampling, as the encoder put it out.
  func unscaled(_ latent: Tensor) -> Tensor { configuration.scaling.unscaled(latent) }

  /// For the plans of both directions.
  func plan(decodingTo height: Int, _ width: Int, memory: Int) -> BandPlan {
    decoder.steps.plan(lines: height / scale, width: width / scale, memory: memory)
  }

  func plan(encoding height: Int, _ width: Int, memory: Int) -> BandPlan {
    encoder.steps.plan(lines: height, width: width, memory: memory)
  }
}
