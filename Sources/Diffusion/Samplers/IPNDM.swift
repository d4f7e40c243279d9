import Tensor

/// Improved pseudo numerical method: Zhang and Chen, "Fast Sampling of Diffusion Models with Exponential
/// Integrator" (2023), section 3, after Liu et al., "Pseudo Numerical Methods for Diffusion Models on
/// Manifolds" (2022): the weights of Adams and Bashforth for even steps, of order 4 once there are as many
/// slopes.
func sampleIPNDM(_ x: Tensor, _ run: SamplerRun) throws -> Tensor {
  var slopes: [Tensor] = []
  return try run.steps(from: x) { x, clean, sigma, next in
    slopes = [x.slope(towards: clean, at: sigma)] + slopes.prefix(3)
    let weights = evenAdamsWeights[slopes.count - 1]
    return zip(slopes, weights).reduce(x) { $0 + $1.0 * Float($1.1 * Double(next - sigma)) }
  }
}

/// By order less one: how much each of the last slopes counts, the newest first.
private let evenAdamsWeights: [[Double]] = [
  [1],
  [3.0 / 2, -1.0 / 2],
  [23.0 / 12, -16.0 / 12, 5.0 / 12],
  [55.0 / 24, -59.0 / 24, 37.0 / 24, -9.0 / 24],
]
