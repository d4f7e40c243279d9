import Glibc
import Tensor

/// UniPC of order 3 with B(h) = h: Zhao et al., "UniPC: A Unified Predictor-Corrector Framework for Fast
/// Sampling of Diffusion Models" (2023), algorithms 1 and 2 for data prediction (ComfyUI's `sample_unipc`).
func sampleUniPC(_ x: Tensor, _ run: SamplerRun) throws -> Tensor {
  try sampleUniPC(x, run) { -$0 }
}

/// The same with B(h) = exp(h) - 1.
func sampleUniPCBH2(_ x: Tensor, _ run: SamplerRun) throws -> Tensor {
  try sampleUniPC(x, run) { expm1(-$0) }
}

/// - Parameter scale: B of a step's width.
private func sampleUniPC(
  _ x: Tensor, _ run: SamplerRun, scale: (Double) -> Double
) throws -> Tensor {
  let count = run.stepCount
  let order = min(3, count - 1)
  var (index, corrected, step, history) = (0, x, UniPCStep?.none, [UniPCPoint]())
  return try run.steps(from: x) { _, clean, sigma, next in
    if let step { corrected = step.corrected(by: clean) }
    history = [UniPCPoint(clean: clean, sigma: sigma)] + history.prefix(2)
    index += 1
    let isLast = index == count
    // The end is at a thousandth where others go to zero, and the last orders fall, as in the reference.
    let following = UniPCStep(
      from: corrected, history: history, to: next > 0 ? next : 0.001,
      order: isLast ? 1 : index < order ? index : min(order, count + 1 - index), scale: scale)
    step = following
    return following.predicted
  }
}

/// A clean latent that was predicted at a noise level.
private struct UniPCPoint {
  let clean: Tensor
  let sigma: Float
}

/// A step of UniPC: a prediction, and its correction once the clean latent at its end is known.
private struct UniPCStep {
  /// The step of first order.
  private let first: Tensor
  private let origin: Tensor
  /// The divided differences of the clean latents before, by how far back they are in widths of the step.
  private let differences: [Tensor]
  private let distances: [Double]
  private let sides: [Double]
  private let scale: Double

  /// - Parameters:
  ///   - history: the newest first.
  ///   - order: at most as long as the history.
  init(
    from x: Tensor, history: [UniPCPoint], to next: Float, order: Int,
    scale: (Double) -> Double
  ) {
    let width = logarithmicWidth(from: history[0].sigma, to: next)
    let origin = history[0].clean
    let past = history[1..<max(order, 1)]
    let distances = past.map {
      -logarithmicWidth(from: $0.sigma, to: history[0].sigma) / width
    }
    self.origin = origin
    self.distances = distances
    self.scale = scale(width)
    differences = zip(past, distances).map { ($0.clean - origin) * Float(1 / $1) }
    first = x * (next / history[0].sigma) + origin * Float(-expm1(-width))
    sides = Self.sides(width, count: max(order, 1)).map { $0 / scale(width) }
  }

  /// The latent at the end, by what is known before it.
  var predicted: Tensor {
    // The reference takes a half for order 2, whatever the equations say.
    let weights =
      distances.count == 1 ? [0.5] : solveVandermonde(distances, Array(sides.dropLast()))
    return adding(differences, weights)
  }

  /// The latent at the end, by the clean latent that was predicted there too.
  func corrected(by clean: Tensor) -> Tensor {
    let weights = distances.isEmpty ? [0.5] : solveVandermonde(distances + [1], sides)
    return adding(differences + [clean - origin], weights)
  }

  private func adding(_ terms: [Tensor], _ weights: [Double]) -> Tensor {
    zip(terms, weights).reduce(first) { $0 - $1.0 * Float($1.1 * scale) }
  }

  /// The right sides of equation 8 there, times B: k! h φ(k+1) for k from 1 up.
  private static func sides(_ width: Double, count: Int) -> [Double] {
    var (phi, factorial) = (expm1(-width) / -width - 1, 1.0)
    return (1...count).map { k in
      let side = phi * factorial
      factorial *= Double(k + 1)
      phi = phi / -width - 1 / factorial
      return side
    }
  }
}

/// The w for which the sum of w times the k-th power of the nodes is the k-th side, for k from 0 up, by
/// Gauss' elimination. The nodes differ from each other.
private func solveVandermonde(_ nodes: [Double], _ sides: [Double]) -> [Double] {
  var rows = sides.enumerated().map { power, side in nodes.map { pow($0, Double(power)) } + [side] }
  for pivot in rows.indices {
    for other in rows.indices where other != pivot {
      let factor = rows[other][pivot] / rows[pivot][pivot]
      for column in rows[other].indices { rows[other][column] -= factor * rows[pivot][column] }
    }
  }
  return rows.indices.map { rows[$0][rows.count] / rows[$0][$0] }
}
