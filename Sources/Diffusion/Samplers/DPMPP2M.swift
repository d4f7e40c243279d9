import Glibc
import Tensor

/// DPM-Solver++(2M): Lu et al., "DPM-Solver++: Fast Solver for Guided Sampling of Diffusion
/// Probabilistic Models" (2022), algorithm 2, in the data prediction form of k-diffusion's
/// `sample_dpmpp_2m`. The first step, the one to zero and one after two equal levels are of first order.
func sampleDPMPP2M(_ x: Tensor, _ run: SamplerRun) throws -> Tensor {
  var last: (clean: Tensor, width: Double)?
  return try run.steps(from: x) { x, clean, sigma, next in
    guard next > 0 else { return clean }
    let width = log(Double(sigma) / Double(next))
    var target = clean
    if let last, last.width > 0 {
      let weight = Float(width / (2 * last.width))
      target = clean + (clean - last.clean) * weight
    }
    last = (clean, width)
    return x * (next / sigma) + target * Float(-expm1(-width))
  }
}
