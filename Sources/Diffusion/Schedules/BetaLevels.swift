import Glibc

/// The levels of training steps that lie as the quantiles of a beta distribution with both parameters 0.6:
/// Lee et al., "Beta Sampling is All You Need" (2024) (ComfyUI's `beta_scheduler`). A training step that
/// comes twice is taken once, so that there may be fewer levels than `count`.
func betaLevels(_ schedule: NoiseSchedule, _ count: Int) -> [Float] {
  let distribution = SymmetricBeta(parameter: 0.6)
  let last = schedule.sigmas.count - 1
  var steps: [Int] = []
  for index in 0..<count {
    let step = distribution.nearestStep(1 - Double(index) / Double(count), of: last)
    if step != steps.last { steps.append(step) }
  }
  return steps.map { schedule.sigmas[$0] }
}

/// The beta distribution with two equal parameters.
struct SymmetricBeta {
  let parameter: Double
  private let half: Double

  init(parameter: Double) {
    self.parameter = parameter
    half = Self.integral(to: 0.5, parameter)
  }

  /// The probability of a value up to `x`, in 0...1, to 1e-14.
  func probability(upTo x: Double) -> Double {
    x <= 0.5
      ? Self.integral(to: x, parameter) / (2 * half) : 1 - probability(upTo: 1 - x)
  }

  /// The quantile of a probability, in parts of `count`, to the nearest: the first step with more than this
  /// probability below its upper border. A tie goes up.
  func nearestStep(_ quantile: Double, of count: Int) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      let border = (Double(middle) + 0.5) / Double(count)
      if probability(upTo: border) > quantile { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The incomplete beta function for `x` in 0...0.5, by its power series: Abramowitz and Stegun,
  /// "Handbook of Mathematical Functions", 26.5.4 and 15.1.1.
  private static func integral(to x: Double, _ parameter: Double) -> Double {
    var (term, sum) = (1.0, 1 / parameter)
    for n in 1...60 {
      term *= (Double(n) - parameter) / Double(n) * x
      sum += term / (parameter + Double(n))
    }
    return pow(x, parameter) * sum
  }
}
