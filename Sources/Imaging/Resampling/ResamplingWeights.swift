/// For each new pixel along one axis: the old ones that it is made of, and their weights.
struct ResamplingWeights {
  struct Span {
    var start: Int
    var weights: [Double]
  }

  let spans: [Span]

  /// As Pillow lays them out: middles of pixels on middles, the kernel widened when the picture shrinks,
  /// cut at the border, the weights' sum one.
  init(from old: Int, to new: Int, filter: ResamplingFilter) {
    let scale = Double(old) / Double(new)
    let width = max(scale, 1)
    let reach = filter.support * width
    spans = (0..<new).map { index in
      let middle = (Double(index) + 0.5) * scale
      if filter == .nearest { return Span(start: min(Int(middle), old - 1), weights: [1]) }
      let start = max(Int(middle - reach + 0.5), 0)
      let end = min(Int(middle + reach + 0.5), old)
      let weights = (start..<end).map { filter.weight((Double($0) - middle + 0.5) / width) }
      let sum = weights.reduce(0, +)
      return Span(start: start, weights: sum == 0 ? weights : weights.map { $0 / sum })
    }
  }
}
