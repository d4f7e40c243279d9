import Tensor

/// The linear multistep method of Adams and Bashforth for uneven steps, of order 4 once there are as many
/// slopes: Hairer, Nørsett and Wanner, "Solving Ordinary Differential Equations I", section III.5
/// (k-diffusion's `sample_lms`).
func sampleLMS(_ x: Tensor, _ run: SamplerRun) throws -> Tensor {
  var (levels, slopes): ([Double], [Tensor]) = ([], [])
  return try run.steps(from: x) { x, clean, sigma, next in
    levels = [Double(sigma)] + levels.prefix(3)
    slopes = [x.slope(towards: clean, at: sigma)] + slopes.prefix(3)
    return zip(slopes, adamsWeights(levels, to: Double(next))).reduce(x) { sum, term in
      sum + term.0 * Float(term.1)
    }
  }
}

/// How much each of the last slopes, the newest first, counts for a step from the newest one's level: the
/// integral of the polynomial that is 1 at its level and 0 at the others'.
///
/// - Parameter levels: at most 4, so that Gauss' rule of two points is exact.
private func adamsWeights(_ levels: [Double], to next: Double) -> [Double] {
  let (center, half) = ((levels[0] + next) / 2, (next - levels[0]) / 2)
  let points = [-1, 1].map { center + $0 * half / 3.0.squareRoot() }
  return levels.indices.map { index in
    half * points.reduce(0) { $0 + lagrangePolynomial(index, of: levels, at: $1) }
  }
}

/// The polynomial that is 1 at one of the nodes and 0 at the others.
func lagrangePolynomial(_ index: Int, of nodes: [Double], at x: Double) -> Double {
  nodes.indices.filter { $0 != index }.reduce(1) { product, other in
    product * (x - nodes[other]) / (nodes[index] - nodes[other])
  }
}
