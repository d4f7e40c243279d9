import Glibc
import Tensor

/// The refined exponential solver as a multistep method of order 2: Zhang et al., "Improved Order Analysis
/// and Design of Exponential Integrator for Diffusion Models Sampling" (2023), table 1 (ComfyUI's
/// `sample_res_multistep`). The first step and the one to zero are Euler's.
func sampleResMultistep(_ x: Tensor, _ run: SamplerRun) throws -> Tensor {
  var last: (clean: Tensor, width: Double)?
  return try run.steps(from: x) { x, clean, sigma, next in
    guard next > 0 else { return clean }
    let width = logarithmicWidth(from: sigma, to: next)
    defer { last = (clean, width) }
    guard let last else { return x.moved(towards: clean, from: sigma, to: next) }
    let first = -expm1(-width) / width
    let second = (1 - first) / width
    let past = -second * width / last.width
    return x * (next / sigma) + clean * Float(width * (first - past))
      + last.clean * Float(width * past)
  }
}
