/// Solves Laplace's equation by the method of conjugate gradients (Saad, "Iterative Methods for Sparse Linear Systems",
/// algorithm 9.1) with a cycle over coarser and coarser grids as the preconditioner. The order of all sums is fixed.
struct LaplaceSolver {
  /// From the finest to one of a single pixel.
  private let grids: [LaplaceGrid]

  init(_ grid: LaplaceGrid) {
    var grids = [grid]
    while let last = grids.last, max(last.width, last.height) > 1 {
      grids.append(LaplaceGrid(joiningPixelsOf: last))
    }
    self.grids = grids
  }

  /// The unknown pixels' values, 0 at the others.
  ///
  /// - Parameter known: the sum of each unknown pixel's known neighbours.
  func solve(_ known: [Double]) -> [Double] {
    var values = known.map { _ in 0.0 }
    var residual = known
    var corrected = cycle(residual)
    var direction = corrected
    var energy = dot(residual, corrected)
    // The square of the error in the norm of the equation: no pixel is further off than a few times its root.
    while energy > 1e-9 {
      let pull = grids[0].applied(to: direction)
      let step = energy / dot(direction, pull)
      add(step, direction, to: &values)
      add(-step, pull, to: &residual)
      corrected = cycle(residual)
      let next = dot(residual, corrected)
      for place in direction.indices {
        direction[place] = corrected[place] + next / energy * direction[place]
      }
      energy = next
    }
    return values
  }

  /// About what `residual` is the pull of: relaxed before and after what a coarser grid knows.
  private func cycle(_ residual: [Double], level: Int = 0) -> [Double] {
    let grid = grids[level]
    var values = residual.map { _ in 0.0 }
    grid.relax(&values, residual)
    guard level + 1 < grids.count else { return values }
    let coarse = grids[level + 1]
    let left = difference(residual, grid.applied(to: values))
    let coarseValues = cycle(coarse.joined(left, width: grid.width), level: level + 1)
    add(1, coarse.spread(coarseValues, over: grid), to: &values)
    grid.relax(&values, difference(residual, grid.applied(to: values)))
    return values
  }
}

private func dot(_ first: [Double], _ second: [Double]) -> Double {
  var sum = 0.0
  for place in first.indices { sum += first[place] * second[place] }
  return sum
}

private func add(_ factor: Double, _ addend: [Double], to values: inout [Double]) {
  for place in values.indices { values[place] += factor * addend[place] }
}

private func difference(_ first: [Double], _ second: [Double]) -> [Double] {
  zip(first, second).map { $0 - $1 }
}
