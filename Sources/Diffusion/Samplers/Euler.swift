import Tensor

/// Euler's method: Karras et al., "Elucidating the Design Space of Diffusion-Based Generative Models"
/// (2022), algorithm 2 without churn and correction.
func sampleEuler(_ x: Tensor, _ run: SamplerRun) throws -> Tensor {
  try run.steps(from: x) { x, clean, sigma, next in
    x.moved(towards: clean, from: sigma, to: next)
  }
}
