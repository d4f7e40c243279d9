import Tensor

/// Heun's method: Karras et al., "Elucidating the Design Space of Diffusion-Based Generative Models"
/// (2022), algorithm 2 without churn. The step to zero is Euler's.
func sampleHeun(_ x: Tensor, _ run: SamplerRun) throws -> Tensor {
  try run.steps(from: x) { x, clean, sigma, next in
    guard next > 0 else { return clean }
    let slope = x.slope(towards: clean, at: sigma)
    let ahead = x + slope * (next - sigma)
    let slopeAhead = ahead.slope(towards: try run.denoise(ahead, next), at: next)
    return x + (slope + slopeAhead) * ((next - sigma) / 2)
  }
}
