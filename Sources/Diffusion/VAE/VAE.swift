import Tensor

/// The autoencoder between pictures and latents: diffusers' `AutoencoderKL`.
public struct VAE: Sendable {
  private let configuration: VAEConfiguration
  private let encoder: VAEEncoder
  private let decoder: VAEDecoder
  private let quantConv, postQuantConv: Linear?

  /// What a latent is multiplied by, so that its deviation is about one.
  public var scalingFactor: Float { configuration.scalingFactor }
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
  public func decode(_ latent: Tensor) -> Tensor {
    TensorArena.keeping { decode(latent) { _, _ in } }
  }

  /// A picture `[N, H, W, 3]` in -1...1 to the mean of its latent, `[N, h, w, C]`, scaled as for sampling.
  /// H and W are multiples of `scale`.
  public func encode(_ image: Tensor) -> Tensor {
    TensorArena.keeping { encode(image) { _, _ in } }
  }

  func decode(_ latent: Tensor, observe: (String, Tensor) -> Void) -> Tensor {
    let unscaled = latent * (1 / scalingFactor)
    return decoder(postQuantConv?(unscaled) ?? unscaled, observe: observe)
  }

  func encode(_ image: Tensor, observe: (String, Tensor) -> Void) -> Tensor {
    let moments = encoder(image, observe: observe)
    let mean = (quantConv?(moments) ?? moments).slice(0..<latentChannels, axis: -1)
    return mean * scalingFactor
  }
}
