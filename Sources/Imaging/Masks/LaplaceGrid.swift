import Tensor

/// Laplace's equation on the pixels of a grid that are not known: each is the mean of its neighbours, four at most.
///
/// A pixel of a coarser grid stands for two by two. Its bonds are half the sums of theirs, for they are as wide as two
/// and as long as two: Braess, "Towards algebraic multigrid for elliptic problems of second order" (1995). Between the
/// grids values go by straight lines between the pixels' middles.
struct LaplaceGrid: Sendable {
  let width: Int
  let height: Int
  /// `[H, W]`: the sum of each pixel's bonds to others and to known pixels; 0 where it is known itself.
  let diagonal: Tensor
  /// `[H, W]`: the bond of each pixel to the one at its right, where both are unknown.
  let right: Tensor
  /// `[H, W]`: the bond to the one below.
  let below: Tensor

  /// - Parameter mask: above 0 where a pixel is unknown.
  init(unknownWhere mask: Mask) {
    let (width, height) = (mask.width, mask.height)
    (self.width, self.height) = (width, height)
    let values = mask.values
    diagonal = values.parallelRows(values.shape) { mask, y, target in
      let rows: Float = (y > 0 ? 1 : 0) + (y + 1 < height ? 1 : 0)
      for x in 0..<width {
        let columns: Float = (x > 0 ? 1 : 0) + (x + 1 < width ? 1 : 0)
        target[x] = mask[y * width + x] > 0 ? rows + columns : 0
      }
    }
    right = values.parallelRows(values.shape) { mask, y, target in
      let row = mask + y * width
      for x in 0..<width { target[x] = x + 1 < width && row[x] > 0 && row[x + 1] > 0 ? 1 : 0 }
    }
    below = values.parallelRows(values.shape) { mask, y, target in
      let row = mask + y * width
      for x in 0..<width { target[x] = y + 1 < height && row[x] > 0 && row[x + width] > 0 ? 1 : 0 }
    }
  }

  /// Half as wide and high, rounded up.
  init(coarserThan fine: LaplaceGrid) {
    (width, height) = ((fine.width + 1) / 2, (fine.height + 1) / 2)
    // Bonds within two by two pixels hold nothing.
    diagonal = fine.halved(fine.diagonal) { _, _ in 0.5 }
      .zip(fine.halved(fine.right) { x, _ in x.isMultiple(of: 2) ? 1 : 0 }) { $0 - $1 }
      .zip(fine.halved(fine.below) { _, y in y.isMultiple(of: 2) ? 1 : 0 }) { $0 - $1 }
    right = fine.halved(fine.right) { x, _ in x.isMultiple(of: 2) ? 0 : 0.5 }
    below = fine.halved(fine.below) { _, y in y.isMultiple(of: 2) ? 0 : 0.5 }
  }

  /// Sums of two by two pixels, each with a weight.
  private func halved(
    _ values: Tensor, _ weight: @Sendable (_ x: Int, _ y: Int) -> Float
  ) -> Tensor {
    let (width, height) = (width, height)
    return values.parallelRows([(height + 1) / 2, (width + 1) / 2]) { source, row, target in
      for x in 0..<(width + 1) / 2 { target[x] = 0 }
      for y in 2 * row..<min(2 * row + 2, height) {
        for x in 0..<width { target[x / 2] += weight(x, y) * source[y * width + x] }
      }
    }
  }
}

extension LaplaceGrid {
  /// What each unknown pixel's bonds pull it away from `values`, `[H, W]`, and from known pixels of 0.
  func applied(to values: Tensor) -> Tensor { pulls(of: values) { _, _, _ in } }

  /// What is left of `known` beside the pulls of `values`, both `[H, W]`; 0 where a pixel is known.
  func residual(_ known: Tensor, _ values: Tensor) -> Tensor {
    pulls(of: values) { [width, diagonal] y, _, target in
      diagonal.withRow(y) { bonds in
        known.withRow(y) { known in
          for x in 0..<width { target[x] = bonds[x] > 0 ? known[x] - target[x] : 0 }
        }
      }
    }
  }

  /// `values` after a step of Jacobi's method, damped; 0 where a pixel is known.
  func relaxed(_ values: Tensor, _ known: Tensor) -> Tensor {
    pulls(of: values) { [width, diagonal] y, values, target in
      diagonal.withRow(y) { bonds in
        known.withRow(y) { known in
          for x in 0..<width {
            let step = damping * (known[x] - target[x]) / max(bonds[x], least)
            target[x] = bonds[x] > 0 ? values[x] + step : 0
          }
        }
      }
    }
  }

  /// The same from values of 0.
  func relaxed(_ known: Tensor) -> Tensor {
    known.parallelRows([height, width]) { [width, diagonal] known, y, target in
      let known = known + y * width
      diagonal.withRow(y) { bonds in
        for x in 0..<width {
          target[x] = bonds[x] > 0 ? damping * known[x] / max(bonds[x], least) : 0
        }
      }
    }
  }

  /// - Parameter finish: given the row, its values, and its pulls.
  @inline(__always)
  private func pulls(
    of values: Tensor,
    _ finish:
      @Sendable (_ y: Int, _ row: UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void
  ) -> Tensor {
    let (width, height) = (width, height)
    return values.parallelRows([height, width]) { source, y, target in
      let row = source + y * width
      diagonal.withRow(y) { bonds in
        for x in 0..<width { target[x] = bonds[x] * row[x] }
      }
      right.withRow(y) { bonds in
        for x in 0..<width - 1 { target[x] -= bonds[x] * row[x + 1] }
        for x in 0..<width - 1 { target[x + 1] -= bonds[x] * row[x] }
      }
      if y + 1 < height {
        let next = row + width
        below.withRow(y) { bonds in
          for x in 0..<width { target[x] -= bonds[x] * next[x] }
        }
      }
      if y > 0 {
        let last = row - width
        below.withRow(y - 1) { bonds in
          for x in 0..<width { target[x] -= bonds[x] * last[x] }
        }
      }
      finish(y, row, target)
    }
  }
}

/// What a step of Jacobi's method is multiplied by.
private let damping: Float = 0.7
/// Below every bond; keeps known pixels from being divided by 0.
private let least = Float.leastNormalMagnitude
