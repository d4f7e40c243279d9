import Tensor

extension Mask {
  /// The greatest value within `radius` pixels of each pixel, measured from middle to middle: grey
  /// dilation by a disc. What is beyond the picture does not count.
  public func grown(by radius: Double) -> Mask { Mask(values: values.greatest(within: radius)) }

  /// The least value within `radius` pixels of each pixel: grey erosion by a disc. What is beyond the
  /// picture does not count, so that a mask is not eaten where the picture ends.
  public func shrunk(by radius: Double) -> Mask {
    Mask(values: values.map { -$0 }.greatest(within: radius).map { -$0 })
  }
}

extension Tensor {
  /// `[H, W]`. A disc is a stack of horizontal lines: each row that it touches is looked through by one of
  /// them. Most rows of most masks have one value, which is the greatest without looking.
  fileprivate func greatest(within radius: Double) -> Tensor {
    let (height, width) = (shape[0], shape[1])
    let reach = Int(radius)
    let reaches = (0...reach).map { Int((radius * radius - Double($0 * $0)).squareRoot()) }
    let evenRows = evenRows
    return parallelRows(shape) { source, y, target in
      for x in 0..<width { target[x] = -.infinity }
      for row in max(y - reach, 0)...min(y + reach, height - 1) {
        if let value = evenRows[row] {
          for x in 0..<width { target[x] = max(target[x], value) }
        } else {
          UnsafeBufferPointer(start: source + row * width, count: width)
            .raise(target, toMaximumWithin: reaches[abs(row - y)])
        }
      }
    }
  }

  /// The one value of each row of `[H, W]`; nil where there are several.
  private var evenRows: [Float?] {
    let width = shape[1]
    return withElements { elements in
      (0..<shape[0]).map { y in
        let row = elements[y * width..<(y + 1) * width]
        return row.allSatisfy { $0 == row[y * width] } ? row[y * width] : nil
      }
    }
  }
}

extension UnsafeBufferPointer<Float> {
  /// Raises each element of a row to the greatest at most `reach` places away in this one, in three comparisons an
  /// element: van Herk, "A fast algorithm for local minimum and maximum filters" (1992).
  fileprivate func raise(_ target: UnsafeMutablePointer<Float>, toMaximumWithin reach: Int) {
    let reach = Swift.min(reach, count - 1)
    let (window, length) = (2 * reach + 1, count + 2 * reach)
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * length) { lines in
      lines.initialize(repeating: -.infinity)
      guard let fromStart = lines.baseAddress else { return }
      let toEnd = fromStart + length
      for index in 0..<count {
        (fromStart[reach + index], toEnd[reach + index]) = (self[index], self[index])
      }
      for start in stride(from: 0, to: length, by: window) {
        let end = Swift.min(start + window, length)
        for index in start + 1..<Swift.max(end, start + 1) {
          fromStart[index] = Swift.max(fromStart[index], fromStart[index - 1])
        }
        for index in (start..<Swift.max(end - 1, start)).reversed() {
          toEnd[index] = Swift.max(toEnd[index], toEnd[index + 1])
        }
      }
      for index in 0..<count {
        target[index] = Swift.max(target[index], toEnd[index], fromStart[index + window - 1])
      }
    }
  }
}
