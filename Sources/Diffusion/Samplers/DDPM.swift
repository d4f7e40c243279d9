import Tensor

/// Ancestral sampling: Ho, Jain and Abbeel, "Denoising Diffusion Probabilistic Models" (2020),
/// algorithm 2 with the variance of the posterior, equation 7.
///
/// For a latent that is divided by the picture's share in it, as all are here, that is Euler's method with
/// all of the noise replaced.
func sampleDDPM(_ x: Tensor, _ run: SamplerRun) throws -> Tensor {
  try run.steps(from: x) { x, clean, sigma, next in
    guard next > 0 else { return clean }
    let step = AncestralStep(from: sigma, to: next, eta: 1)
    return x.moved(towards: clean, from: sigma, to: step.below)
      + run.noise(sigma, next) * step.fresh
  }
}
