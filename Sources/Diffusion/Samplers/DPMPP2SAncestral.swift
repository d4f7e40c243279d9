import Tensor

/// DPM-Solver++(2S): Lu et al., "DPM-Solver++: Fast Solver for Guided Sampling of Diffusion
/// Probabilistic Models" (2022), algorithm 1 with r = 1/2, to a level below the next one, and fresh noise
/// up to it (k-diffusion's `sample_dpmpp_2s_ancestral`).
func sampleDPMPP2SAncestral(_ x: Tensor, _ run: SamplerRun) throws -> Tensor {
  try run.steps(from: x) { x, clean, sigma, next in
    let step = AncestralStep(from: sigma, to: next, eta: run.eta)
    guard step.below > 0 else { return clean }
    let middle = middleLevel(sigma, step.below)
    let halfway = x.moved(towards: clean, from: sigma, to: middle)
    let cleaner = try run.denoise(halfway, middle)
    return x.moved(towards: cleaner, from: sigma, to: step.below)
      + run.noise(sigma, next) * step.fresh
  }
}
