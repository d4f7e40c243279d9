import Glibc
import Tensor

/// Diffusion exponential integrator sampler: Zhang and Chen, "Fast Sampling of Diffusion Models with
/// Exponential Integrator" (2023), equations 14 and 15, the variant tAB of order 3 in the form of diff-sampler's
/// `deis_sampler`. The step to zero is Euler's.
func sampleDEIS(_ x: Tensor, _ run: SamplerRun) throws -> Tensor {
  var (times, slopes): ([Double], [Tensor]) = ([], [])
  return try run.steps(from: x) { x, clean, sigma, next in
    times = [DEISTime.time(of: Double(sigma))] + times.prefix(2)
    slopes = [x.slope(towards: clean, at: sigma)] + slopes.prefix(2)
    guard next > 0, slopes.count > 1 else {
      return x.moved(towards: clean, from: sigma, to: next)
    }
    let weights = DEISTime.weights(times, to: DEISTime.time(of: Double(next)))
    return zip(slopes, weights).reduce(x) { $0 + $1.0 * Float($1.1) }
  }
}

/// The time in which the slopes are taken for polynomials: that of a process whose noise grows linearly
/// from the level 0.002 to 80, whatever the model is.
private enum DEISTime {
  private static let start = 1e-3
  private static let (lowest, highest) = (log(0.002 * 0.002 + 1), log(80.0 * 80 + 1))
  private static let growth = 2 * (lowest / start - highest) / (start - 1)
  private static let least = highest - growth / 2

  static func time(of sigma: Double) -> Double {
    ((least * least + 2 * growth * log(sigma * sigma + 1)).squareRoot() - least) / growth
  }

  /// How fast the noise level rises.
  private static func sigmaRate(at time: Double) -> Double {
    let alpha = exp(-growth * time * time / 2 - least * time)
    return (growth * time + least) / 2 / (alpha * (1 - alpha)).squareRoot()
  }

  /// How much each of the last slopes, the newest first, counts for a step from the newest one's time: the
  /// integral over the noise level of the polynomial that is 1 at its time and 0 at the others'. The rule
  /// of integration is that of the reference, with its error: both ends count fully.
  static func weights(_ times: [Double], to next: Double) -> [Double] {
    var sums = times.map { _ in 0.0 }
    for point in 0..<pointCount {
      let time = times[0] + (next - times[0]) * Double(point) / Double(pointCount - 1)
      let rate = sigmaRate(at: time)
      for index in times.indices {
        sums[index] += rate * lagrangePolynomial(index, of: times, at: time)
      }
    }
    return sums.map { $0 * (next - times[0]) / Double(pointCount) }
  }

  private static let pointCount = 10_000
}
