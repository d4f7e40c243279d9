/// Finds the heights of nodes in layers so that edges are short and the long ones straight.
///
/// What is minimised is the objective of Gansner, Koutsofios, North and Vo (1993): the sum of the edges'
/// differences in height, those between two stops weighing most. Sweeps down and up the layers solve one
/// layer at a time exactly, the layer before being fixed.
struct Placement {
  private let level: LayeredLevel
  /// By node: the top.
  private(set) var tops: [Double]
  private let inputs: [[LayeredLevel.Segment]]
  private let outputs: [[LayeredLevel.Segment]]

  private static let sweeps = 8
  /// What a node without edges on the side that is looked at wishes for, it wishes faintly.
  private static let faint = 0.001

  init(_ level: LayeredLevel) {
    self.level = level
    tops = Array(repeating: 0, count: level.nodes.count)
    var inputs = [[LayeredLevel.Segment]](repeating: [], count: level.nodes.count)
    var outputs = inputs
    for segment in level.segments.joined() {
      inputs[segment.target].append(segment)
      outputs[segment.source].append(segment)
    }
    (self.inputs, self.outputs) = (inputs, outputs)
    for layer in level.layers { pack(layer) }
    improve()
    let top = tops.min() ?? 0
    for node in tops.indices { tops[node] -= top }
  }

  /// One under the other, around the middle.
  private mutating func pack(_ layer: [Int]) {
    let offsets = offsets(of: layer)
    let height = (offsets.last ?? 0) + (layer.last.map { level.nodes[$0].height } ?? 0)
    for (node, offset) in zip(layer, offsets) { tops[node] = offset - height / 2 }
  }

  /// The tops that the nodes of a layer would have if they stood as close as possible.
  private func offsets(of layer: [Int]) -> [Double] {
    zip(layer, layer.dropFirst()).reduce(into: [0]) { offsets, pair in
      offsets.append((offsets.last ?? 0) + level.distance(from: pair.0, to: pair.1))
    }
  }

  private mutating func improve() {
    var best = tops
    var least = cost
    for _ in 0..<Self.sweeps {
      for layer in level.layers.dropFirst() { place(layer, before: true, behind: false) }
      for layer in level.layers.dropLast().reversed() { place(layer, before: false, behind: true) }
      for layer in level.layers { place(layer, before: true, behind: true) }
      let now = cost
      if now < least { (best, least) = (tops, now) }
    }
    tops = best
  }

  private mutating func place(_ layer: [Int], before: Bool, behind: Bool) {
    let offsets = offsets(of: layer)
    let wishes = zip(layer, offsets).map { node, offset in
      self.wishes(of: node, before: before, behind: behind)
        .map { IsotonicMedian.Wish(place: $0.place - offset, weight: $0.weight) }
    }
    let places = IsotonicMedian.places(for: wishes)
    for (index, node) in layer.enumerated() { tops[node] = places[index] + offsets[index] }
  }

  private func wishes(of node: Int, before: Bool, behind: Bool) -> [IsotonicMedian.Wish] {
    var wishes = [IsotonicMedian.Wish(place: tops[node], weight: Self.faint)]
    for segment in before ? inputs[node] : [] {
      wishes.append(.init(place: tops[node] + rise(of: segment), weight: weight(of: segment)))
    }
    for segment in behind ? outputs[node] : [] {
      wishes.append(.init(place: tops[node] - rise(of: segment), weight: weight(of: segment)))
    }
    return wishes
  }

  /// How much higher on the page than its end a segment begins is negative.
  private func rise(of segment: LayeredLevel.Segment) -> Double {
    tops[segment.source] + level.nodes[segment.source].outputs[segment.output]
      - tops[segment.target] - level.nodes[segment.target].inputs[segment.input]
  }

  private func weight(of segment: LayeredLevel.Segment) -> Double {
    switch (level.nodes[segment.source].item, level.nodes[segment.target].item) {
    case (nil, nil): 8
    case (nil, _), (_, nil): 2
    default: 1
    }
  }

  private var cost: Double {
    level.segments.joined().reduce(0) { $0 + weight(of: $1) * abs(rise(of: $1)) }
  }
}
