import Tensor

/// DPM-Solver++ for the stochastic equation, with two predictions a step: Lu et al., "DPM-Solver++: Fast
/// Solver for Guided Sampling of Diffusion Probabilistic Models" (2022), section 5, in the form of
/// k-diffusion's `sample_dpmpp_sde` with r = 1/2.
func sampleDPMPPSDE(_ x: Tensor, _ run: SamplerRun) throws -> Tensor {
  func move(_ x: Tensor, _ clean: Tensor, from sigma: Float, to next: Float) -> Tensor {
    let step = AncestralStep(from: sigma, to: next, eta: run.eta)
    return x.moved(towards: clean, from: sigma, to: step.below)
      + run.noise(sigma, next) * step.fresh
  }
  return try run.steps(from: x) { x, clean, sigma, next in
    guard next > 0 else { return clean }
    let middle = middleLevel(sigma, next)
    let halfway = move(x, clean, from: sigma, to: middle)
    return move(x, try run.denoise(halfway, middle), from: sigma, to: next)
  }
}
