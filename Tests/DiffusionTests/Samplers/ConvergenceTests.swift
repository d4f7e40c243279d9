import Foundation
import Tensor
import Testing

@testable import Diffusion

/// The equation of a normal distribution, whose solution is known: how fast samplers come near it.
struct ConvergenceTests {
  /// Twice the steps divide the error by 2 to the order. Methods of higher orders begin with a step of order 1 that
  /// bounds the whole run to 2. Those that add noise are run without; LCM and DDPM solve no such equation.
  @Test(arguments: [
    (SamplerName.euler, 1.0), (.ddim, 1), (.eulerAncestral, 1), (.heun, 2), (.dpm2, 2),
    (.dpm2Ancestral, 2), (.lms, 2), (.dpmpp2SAncestral, 2), (.dpmppSDE, 2), (.dpmpp2M, 2),
    (.dpmpp2MSDE, 2), (.dpmpp3MSDE, 2), (.uniPC, 2), (.uniPCBH2, 2), (.deis, 2), (.ipndm, 2),
    (.resMultistep, 2),
  ])
  func errorsFallByTheOrder(sampler: SamplerName, order: Double) throws {
    let errors = try [32, 64].map { try error(sampler, steps: $0) }
    #expect(log2(errors[0] / errors[1]) > order - 0.15, "\(errors)")
  }

  private let mean: Float = 0.8
  private let deviation: Float = 0.7
  private let first: Float = 4
  private let last: Float = 0.5

  /// In parts of the solution at the last level.
  private func error(_ sampler: SamplerName, steps: Int) throws -> Double {
    let start: Float = 5
    // The weights of `ipndm` are right for steps of one width, in the level itself.
    let sigmas = (0...steps).map { step in
      let share = Float(step) / Float(steps)
      return sampler == .ipndm
        ? first + (last - first) * share : first * pow(last / first, share)
    }
    let run = SamplerRun(
      sigmas: sigmas, eta: 0, denoise: clean, noise: { _, _ in Tensor([1, 1, 1, 1], [0]) })
    let found = try sampler.sample(Tensor([1, 1, 1, 1], [start]), run).elements[0]
    let (narrow, wide) = (hypot(deviation, last), hypot(deviation, first))
    let exact = mean + (start - mean) * narrow / wide
    return Double(abs(found - exact) / abs(exact))
  }

  private func clean(_ x: Tensor, _ sigma: Float) -> Tensor {
    let (noise, data) = (sigma * sigma, deviation * deviation)
    return x.map { (mean * noise + $0 * data) / (noise + data) }
  }
}
