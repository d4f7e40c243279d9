import Tensor

/// DPM-Solver-2: Lu et al., "DPM-Solver: A Fast ODE Solver for Diffusion Probabilistic Model Sampling
/// in Around 10 Steps" (2022), algorithm 1, with the slope in the middle as k-diffusion's
/// `sample_dpm_2` takes it. The step to zero is Euler's.
func sampleDPM2(_ x: Tensor, _ run: SamplerRun) throws -> Tensor {
  try run.steps(from: x) { x, clean, sigma, next in
    guard next > 0 else { return clean }
    return try run.midpointStep(x, clean, from: sigma, to: next)
  }
}

extension SamplerRun {
  /// A step along the slope that the latent has in the middle of it.
  func midpointStep(
    _ x: Tensor, _ clean: Tensor, from sigma: Float, to next: Float
  ) throws -> Tensor {
    let middle = middleLevel(sigma, next)
    let halfway = x.moved(towards: clean, from: sigma, to: middle)
    let slope = halfway.slope(towards: try denoise(halfway, middle), at: middle)
    return x + slope * (next - sigma)
  }
}
