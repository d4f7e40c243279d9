import Tensor

/// Euler's method to a level below the next one, and fresh noise up to it: Song et al., "Score-Based
/// Generative Modeling through Stochastic Differential Equations" (2021), in the form of k-diffusion's
/// `sample_euler_ancestral`.
func sampleEulerAncestral(_ x: Tensor, _ run: SamplerRun) throws -> Tensor {
  try run.steps(from: x) { x, clean, sigma, next in
    guard next > 0 else { return clean }
    let step = AncestralStep(from: sigma, to: next, eta: run.eta)
    return x.moved(towards: clean, from: sigma, to: step.below)
      + run.noise(sigma, next) * step.fresh
  }
}
