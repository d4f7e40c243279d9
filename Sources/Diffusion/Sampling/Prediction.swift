import Tensor

extension NoiseSchedule {
  /// What a UNet is given for a latent at a noise level: variance one.
  func scaledInput(_ x: Tensor, sigma: Float) -> Tensor {
    x * (1 / (1 + sigma * sigma).squareRoot())
  }

  /// The clean latent by what a UNet put out for `x`.
  ///
  /// Salimans and Ho, "Progressive Distillation for Fast Sampling of Diffusion Models" (2022), in terms of
  /// sigma.
  func clean(_ x: Tensor, output: Tensor, sigma: Float) -> Tensor {
    switch configuration.prediction {
    case .epsilon:
      return x - output * sigma
    case .velocity:
      let variance = 1 + sigma * sigma
      return x * (1 / variance) - output * (sigma / variance.squareRoot())
    }
  }
}
