import Tensor

/// Solves Laplace's equation by the method of conjugate gradients (Saad, "Iterative Methods for Sparse Linear Systems",
/// algorithm 9.1) with a cycle over coarser and coarser grids as the preconditioner, so that large pictures take hardly
/// more rounds than small ones. The order of all sums is fixed.
struct LaplaceSolver {
  /// From the finest to one of a single pixel.
  private let grids: [LaplaceGrid]

  /// The square of the error in the norm of the equation: no pixel is further off than a few times its root.
  private static let tolerance = 1e-7
  /// About 15 are needed; where rounding leaves no way nearer, it ends.
  private static let mostRounds = 200

  init(_ grid: LaplaceGrid) {
    var grids = [grid]
    while let last = grids.last, max(last.width, last.height) > 1 {
      grids.append(LaplaceGrid(coarserThan: last))
    }
    self.grids = grids
  }

  /// The unknown pixels' values, `[H, W]`; of no meaning at the others.
  ///
  /// - Parameters:
  ///   - known: the sum of each unknown pixel's known neighbours, `[H, W]`; 0 at the others.
  ///   - beforeRound: what it throws ends the work.
  func solve(_ known: Tensor, beforeRound: () throws -> Void) rethrows -> Tensor {
    var (values, residual) = (Tensor(known.shape, repeating: 0), known)
    var direction = cycle(residual)
    var energy = dot(residual, direction)
    var rounds = 0
    while energy > Self.tolerance, rounds < Self.mostRounds {
      try beforeRound()
      let pull = grids[0].applied(to: direction)
      let step = Float(energy / dot(direction, pull))
      values = values.plus(direction, times: step)
      residual = residual.plus(pull, times: -step)
      let corrected = cycle(residual)
      let next = dot(residual, corrected)
      let share = Float(next / energy)
      direction = corrected.plus(direction, times: share)
      (energy, rounds) = (next, rounds + 1)
    }
    return values
  }

  /// About what `residual` is the pull of: relaxed before and after what a coarser grid knows.
  private func cycle(_ residual: Tensor, level: Int = 0) -> Tensor {
    let grid = grids[level]
    let values = grid.relaxed(residual)
    guard level + 1 < grids.count else { return values }
    let between = GridTransfer(fine: grid)
    let left = between.restricted(grid.residual(residual, values))
    let coarse = between.interpolated(cycle(left, level: level + 1))
    return grid.relaxed(values.plus(coarse, times: 1), residual)
  }
}

extension Tensor {
  /// `[H, W]` plus another times a number.
  fileprivate func plus(_ other: Tensor, times factor: Float) -> Tensor {
    let width = shape[1]
    return parallelRows(shape) { source, y, target in
      let source = source + y * width
      other.withRow(y) { other in
        for x in 0..<width { target[x] = source[x] + factor * other[x] }
      }
    }
  }
}

/// The sum of the products of `[H, W]`, row by row.
private func dot(_ first: Tensor, _ second: Tensor) -> Double {
  let (height, width) = (first.shape[0], first.shape[1])
  let rows = first.parallelRows([height, 1]) { first, y, target in
    let first = first + y * width
    second.withRow(y) { second in
      var sums = SIMD8<Float>()
      for x in stride(from: 0, to: width - width % 8, by: 8) {
        for lane in 0..<8 { sums[lane] += first[x + lane] * second[x + lane] }
      }
      for x in width - width % 8..<width { sums[0] += first[x] * second[x] }
      target[0] = sums.sum()
    }
  }
  return rows.elements.reduce(0) { $0 + Double($1) }
}
