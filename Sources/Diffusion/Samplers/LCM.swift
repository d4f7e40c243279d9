import Tensor

/// Multistep consistency sampling: Luo et al., "Latent Consistency Models" (2023), algorithm 3: the whole
/// way to the clean latent, and fresh noise up to the next level.
func sampleLCM(_ x: Tensor, _ run: SamplerRun) throws -> Tensor {
  try run.steps(from: x) { _, clean, sigma, next in
    next > 0 ? clean + run.noise(sigma, next) * next : clean
  }
}
