import Glibc
import Tensor

/// SDE-DPM-Solver++(3M): the multistep method of Lu et al., "DPM-Solver++: Fast Solver for Guided
/// Sampling of Diffusion Probabilistic Models" (2022), carried on to order 3 as k-diffusion's
/// `sample_dpmpp_3m_sde` does. The first steps and the one to zero are of lower order.
func sampleDPMPP3MSDE(_ x: Tensor, _ run: SamplerRun) throws -> Tensor {
  var history: [(clean: Tensor, width: Double)] = []
  return try run.steps(from: x) { x, clean, sigma, next in
    guard next > 0 else { return clean }
    let width = logarithmicWidth(from: sigma, to: next)
    let step = run.exponentialStep(x, clean, from: sigma, to: next)
    defer { history = [(clean, width)] + history.prefix(1) }
    guard let last = history.first else { return step }
    let phi = ExponentialIntegrals((1 + Double(run.eta)) * width)
    let slope = (clean - last.clean) * Float(width / last.width)
    guard history.count > 1 else { return step + slope * Float(phi.second) }
    let before = history[1]
    let slopeBefore = (last.clean - before.clean) * Float(width / before.width)
    let (r0, r1) = (last.width / width, before.width / width)
    let bend = (slope - slopeBefore) * Float(1 / (r0 + r1))
    return step + (slope + bend * Float(r0)) * Float(phi.second) - bend * Float(phi.third)
  }
}

/// The weights of the first and second derivatives in an exponential step.
private struct ExponentialIntegrals {
  let second: Double
  let third: Double

  init(_ width: Double) {
    second = expm1(-width) / width + 1
    third = second / width - 0.5
  }
}
