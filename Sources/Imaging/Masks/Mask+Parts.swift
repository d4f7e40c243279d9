import Tensor

extension Mask {
  /// The boxes around the parts of the mask that hang together: pixels above 0, with their eight neighbours. From
  /// above, and from the left.
  public var parts: [PixelRegion] {
    values.withElements { values in
      var (parts, isSeen): ([PixelRegion], [Bool]) = ([], values.map { $0 <= 0 })
      for start in values.indices where !isSeen[start] {
        parts.append(part(from: start, &isSeen))
      }
      return parts
    }
  }

  /// Marks what hangs together with a pixel as seen.
  private func part(from start: Int, _ isSeen: inout [Bool]) -> PixelRegion {
    var (columns, rows) = (start % width...start % width, start / width...start / width)
    var waiting = [start]
    isSeen[start] = true
    while let pixel = waiting.popLast() {
      let (x, y) = (pixel % width, pixel / width)
      columns = min(columns.lowerBound, x)...max(columns.upperBound, x)
      rows = min(rows.lowerBound, y)...max(rows.upperBound, y)
      for row in max(y - 1, 0)...min(y + 1, height - 1) {
        for column in max(x - 1, 0)...min(x + 1, width - 1) where !isSeen[row * width + column] {
          isSeen[row * width + column] = true
          waiting.append(row * width + column)
        }
      }
    }
    return PixelRegion(
      x: columns.lowerBound, y: rows.lowerBound, width: columns.count, height: rows.count)
  }

  /// The mask in a region, and 0 beside it.
  public func restricted(to region: PixelRegion) -> Mask {
    Mask(
      values: values.withElements { values in
        Tensor([height, width]) { target in
          for index in target.indices {
            let (y, x) = index.quotientAndRemainder(dividingBy: width)
            let isInside = region.rows.contains(y) && region.columns.contains(x)
            target[index] = isInside ? values[index] : 0
          }
        }
      })
  }
}
