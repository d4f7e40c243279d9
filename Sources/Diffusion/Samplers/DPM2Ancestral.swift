import Tensor

/// DPM-Solver-2 to a level below the next one, and fresh noise up to it (k-diffusion's
/// `sample_dpm_2_ancestral`).
func sampleDPM2Ancestral(_ x: Tensor, _ run: SamplerRun) throws -> Tensor {
  try run.steps(from: x) { x, clean, sigma, next in
    let step = AncestralStep(from: sigma, to: next, eta: run.eta)
    guard step.below > 0 else { return clean }
    return try run.midpointStep(x, clean, from: sigma, to: step.below)
      + run.noise(sigma, next) * step.fresh
  }
}
