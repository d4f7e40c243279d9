/// Of what pixels, and in what proportions, each new pixel along one axis is made.
struct ResamplingWeights {
  /// Pixels that follow each other. The weights' sum is 1.
  struct Span {
    var start: Int
    var weights: [Double]
    var end: Int { start + weights.count }
  }

  let spans: [Span]

  /// As Pillow does it: the kernel lies over the middle of the new pixel, is widened by the scale when
  /// the picture shrinks, cut off at the border, and normalised.
  ///
  /// - Parameters:
  ///   - count: the pixels that there are.
  ///   - box: the part of them that is shown; it can begin and end inside a pixel.
  ///   - newCount: the pixels to make.
  init(of count: Int, box: ClosedRange<Double>, to newCount: Int, filter: ResamplingFilter) {
    let scale = (box.upperBound - box.lowerBound) / Double(newCount)
    spans = (0..<newCount).map { index in
      let middle = box.lowerBound + (Double(index) + 0.5) * scale
      return filter == .nearest
        ? Span(start: min(Int(middle), count - 1), weights: [1])
        : Self.span(around: middle, scale: max(scale, 1), of: count, filter)
    }
  }

  private static func span(
    around middle: Double, scale: Double, of count: Int, _ filter: ResamplingFilter
  ) -> Span {
    let reach = filter.support * scale
    let start = max(Int(middle - reach + 0.5), 0)
    let end = min(Int(middle + reach + 0.5), count)
    let weights = (start..<end).map { filter.weight((Double($0) - middle + 0.5) / scale) }
    let sum = weights.reduce(0, +)
    return Span(start: start, weights: weights.map { $0 / sum })
  }
}
