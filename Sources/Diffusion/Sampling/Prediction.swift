import Tensor

/// Karras et al., "Elucidating the Design Space of Diffusion-Based Generative Models" (2022), table 1. Models
/// without the EDM formulation were trained on clean latents of variance one.
extension NoiseSchedule {
  private var dataDeviation: Float { Float(configuration.edm?.sigmaData ?? 1) }

  /// What a UNet is given for a latent at a noise level: variance one.
  func scaledInput(_ x: Tensor, sigma: Float) -> Tensor {
    x * (1 / (dataDeviation * dataDeviation + sigma * sigma).squareRoot())
  }

  /// The clean latent by what a UNet put out for `x`.
  ///
  /// Salimans and Ho, "Progressive Distillation for Fast Sampling of Diffusion Models" (2022), in terms of
  /// sigma; in the EDM formulation, `epsilon` is what Karras' network puts out, and velocity its opposite, as
  /// diffusers' EDM schedulers have it.
  func clean(_ x: Tensor, output: Tensor, sigma: Float) -> Tensor {
    switch (configuration.prediction, configuration.edm) {
    case (.epsilon, nil): x - output * sigma
    case (.epsilon, _): kept(x, sigma) + output * share(sigma)
    case (.velocity, _): kept(x, sigma) - output * share(sigma)
    }
  }

  /// The part of the noisy latent that stays.
  private func kept(_ x: Tensor, _ sigma: Float) -> Tensor {
    let data = dataDeviation * dataDeviation
    return x * (data / (data + sigma * sigma))
  }

  /// How much the network's output counts.
  private func share(_ sigma: Float) -> Float {
    sigma * dataDeviation / (dataDeviation * dataDeviation + sigma * sigma).squareRoot()
  }
}
