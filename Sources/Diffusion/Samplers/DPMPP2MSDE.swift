import Glibc
import Tensor

/// SDE-DPM-Solver++(2M): Lu et al., "DPM-Solver++: Fast Solver for Guided Sampling of Diffusion
/// Probabilistic Models" (2022), equation 19, in the form of k-diffusion's `sample_dpmpp_2m_sde` with
/// `solver_type` midpoint. The first step and the one to zero are of first order.
func sampleDPMPP2MSDE(_ x: Tensor, _ run: SamplerRun) throws -> Tensor {
  var last: (clean: Tensor, width: Double)?
  return try run.steps(from: x) { x, clean, sigma, next in
    guard next > 0 else { return clean }
    let width = logarithmicWidth(from: sigma, to: next)
    var target = clean
    if let last { target = clean + (clean - last.clean) * Float(width / (2 * last.width)) }
    last = (clean, width)
    return run.exponentialStep(x, target, from: sigma, to: next)
  }
}

extension SamplerRun {
  /// An exact step of the stochastic equation for a clean latent that does not change in it.
  func exponentialStep(
    _ x: Tensor, _ target: Tensor, from sigma: Float, to next: Float
  ) -> Tensor {
    let width = logarithmicWidth(from: sigma, to: next)
    let eta = Double(eta)
    let moved = x * Float(exp(-(1 + eta) * width)) + target * Float(-expm1(-(1 + eta) * width))
    guard eta > 0 else { return moved }
    return moved + noise(sigma, next)
      * Float(Double(next) * (-expm1(-2 * eta * width)).squareRoot())
  }
}
