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
  /// them.
  fileprivate func greatest(within radius: Double) -> Tensor {
    let (height, width) = (shape[0], shape[1])
    let reach = Int(radius)
    let reaches = (0...reach).map { Int((radius * radius - Double($0 * $0)).squareRoot()) }
    return parallelRows(shape) { source, y, target in
      for x in 0..<width { target[x] = -.infinity }
      for row in max(y - reach, 0)...min(y + reach, height - 1) {
        let line = UnsafeBufferPointer(start: source + row * width, count: width)
        let greatest = line.runningMaximum(reach: reaches[abs(row - y)])
        for x in 0..<width { target[x] = max(target[x], greatest[x]) }
      }
    }
  }
}

extension UnsafeBufferPointer<Float> {
  /// The greatest element at most `reach` places away from each, in three comparisons an element:
  /// van Herk, "A fast algorithm for local minimum and maximum filters" (1992).
  fileprivate func runningMaximum(reach: Int) -> [Float] {
    let reach = Swift.min(reach, count - 1)
    let window = 2 * reach + 1
    let padding = [Float](repeating: -.infinity, count: reach)
    let padded = padding + self + padding
    var (fromStart, toEnd) = (padded, padded)
    for index in padded.indices.dropFirst() where !index.isMultiple(of: window) {
      fromStart[index] = Swift.max(fromStart[index], fromStart[index - 1])
    }
    for index in padded.indices.dropLast().reversed() where !(index + 1).isMultiple(of: window) {
      toEnd[index] = Swift.max(toEnd[index], toEnd[index + 1])
    }
    return indices.map { Swift.max(toEnd[$0], fromStart[$0 + window - 1]) }
  }
}
