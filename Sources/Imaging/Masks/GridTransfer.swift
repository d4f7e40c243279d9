import Tensor

/// Brings values from a grid to the coarser one of two by two pixels, and back by straight lines between the pixels'
/// middles: one way is the transpose of the other.
struct GridTransfer {
  private let columns: AxisTransfer
  private let rows: AxisTransfer

  init(fine: LaplaceGrid) {
    columns = AxisTransfer(count: fine.width)
    rows = AxisTransfer(count: fine.height)
  }

  /// `[H, W]` to half of it, rounded up: each value is shared out among the coarse ones that it would be made of.
  func restricted(_ values: Tensor) -> Tensor {
    let (rows, columns) = (rows, columns)
    return values.parallelRows([rows.half, columns.half]) { source, y, target in
      let width = columns.count
      withUnsafeTemporaryAllocation(of: Float.self, capacity: width) { line in
        line.initialize(repeating: 0)
        for row in max(2 * y - 1, 0)..<min(2 * y + 3, rows.count) {
          let weight = rows.weight(of: row, in: y)
          let values = source + row * width
          for x in 0..<width { line[x] += weight * values[x] }
        }
        for x in 0..<columns.half { target[x] = 0 }
        for x in 0..<width {
          target[x / 2] += 0.75 * line[x]
          target[columns.far(x)] += 0.25 * line[x]
        }
      }
    }
  }

  /// From half the size, `[H, W]`.
  func interpolated(_ coarse: Tensor) -> Tensor {
    let (rows, columns) = (rows, columns)
    return coarse.parallelRows([rows.count, columns.count]) { source, y, target in
      let (near, far) = (source + y / 2 * columns.half, source + rows.far(y) * columns.half)
      withUnsafeTemporaryAllocation(of: Float.self, capacity: columns.half) { line in
        for x in 0..<columns.half { line[x] = 0.75 * near[x] + 0.25 * far[x] }
        for x in 0..<columns.count {
          target[x] = 0.75 * line[x / 2] + 0.25 * line[columns.far(x)]
        }
      }
    }
  }
}

/// Along one axis.
private struct AxisTransfer: Sendable {
  let count: Int
  var half: Int { (count + 1) / 2 }

  /// The coarse place beside the one that a fine place lies in, on its side; the same at the ends.
  func far(_ place: Int) -> Int {
    let other = place.isMultiple(of: 2) ? place / 2 - 1 : place / 2 + 1
    return other < 0 || other == half ? place / 2 : other
  }

  /// How much of a coarse place is in a fine one.
  func weight(of fine: Int, in coarse: Int) -> Float {
    (fine / 2 == coarse ? 0.75 : 0) + (far(fine) == coarse ? 0.25 : 0)
  }
}
