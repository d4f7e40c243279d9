/// Orders the nodes within each layer so that few edges cross.
///
/// Sweeps down and up the layers put each node at the barycentre of its neighbours (Sugiyama, Tagawa and
/// Toda 1981), neighbours then change places where that helps (Gansner, Koutsofios, North and Vo 1993),
/// and the best order seen is kept. Crossings are counted with an accumulator tree (Barth, Jünger and
/// Mutzel 2002). Ports have fixed places on their nodes, so that it is ports which are ranked.
struct Ordering {
  private var level: LayeredLevel
  /// By node and layer side: the segments, as pairs of the node's own port and the other end.
  private let neighbours: [Side: [[(port: Int, node: Int, nodePort: Int)]]]
  private var position: [Int]

  /// The side of a node that segments are on.
  private enum Side { case inputs, outputs }

  private static let sweepLimit = 24
  private static let patience = 5

  /// The level with its layers in a better order.
  static func ordered(_ level: LayeredLevel) -> LayeredLevel {
    var ordering = Ordering(level)
    ordering.sweep()
    return ordering.level
  }

  private init(_ level: LayeredLevel) {
    self.level = level
    var inputs = [[(port: Int, node: Int, nodePort: Int)]](repeating: [], count: level.nodes.count)
    var outputs = inputs
    for segment in level.segments.joined() {
      inputs[segment.target].append((segment.input, segment.source, segment.output))
      outputs[segment.source].append((segment.output, segment.target, segment.input))
    }
    neighbours = [.inputs: inputs, .outputs: outputs]
    position = Array(repeating: 0, count: level.nodes.count)
    for layer in level.layers.indices { number(layer) }
  }

  private mutating func number(_ layer: Int) {
    for (place, node) in level.layers[layer].enumerated() { position[node] = place }
  }

  private mutating func sweep() {
    var best = level.layers
    var fewest = crossings()
    var failures = 0
    for round in 0..<Self.sweepLimit where fewest > 0 && failures < Self.patience {
      let isDown = round.isMultiple(of: 2)
      let layers = isDown ? Array(level.layers.indices) : level.layers.indices.reversed()
      for layer in layers.dropFirst() { sort(layer, by: isDown ? .inputs : .outputs) }
      for layer in layers { exchange(layer) }
      let count = crossings()
      failures = count < fewest ? 0 : failures + 1
      if count < fewest { (best, fewest) = (level.layers, count) }
    }
    level.layers = best
  }

  // MARK: Barycentres

  /// Nodes without neighbours on that side stay where they are.
  private mutating func sort(_ layer: Int, by side: Side) {
    let nodes = level.layers[layer]
    let centres = nodes.map { barycentre(of: $0, on: side) }
    let movable = nodes.indices.filter { centres[$0] != nil }
    let sorted = movable.sorted {
      (centres[$0] ?? 0, $0) < (centres[$1] ?? 0, $1)
    }
    for (place, origin) in zip(movable, sorted) { level.layers[layer][place] = nodes[origin] }
    number(layer)
  }

  private func barycentre(of node: Int, on side: Side) -> Double? {
    guard let all = neighbours[side]?[node], !all.isEmpty else { return nil }
    return all.reduce(0) { $0 + rank($1.node, $1.nodePort, on: side) } / Double(all.count)
  }

  /// The place of a node in its layer, with the place of the port on the node as a fraction.
  private func rank(_ node: Int, _ port: Int, on side: Side) -> Double {
    let ports = side == .inputs ? level.nodes[node].outputs : level.nodes[node].inputs
    return Double(position[node]) + Double(port + 1) / Double(ports.count + 1)
  }

  // MARK: Neighbours

  private mutating func exchange(_ layer: Int) {
    for _ in 0..<3 {
      var hasChanged = false
      for place in level.layers[layer].indices.dropLast() {
        let (upper, lower) = (level.layers[layer][place], level.layers[layer][place + 1])
        guard crossings(of: lower, over: upper) < crossings(of: upper, over: lower) else {
          continue
        }
        level.layers[layer].swapAt(place, place + 1)
        (position[upper], position[lower]) = (place + 1, place)
        hasChanged = true
      }
      if !hasChanged { return }
    }
  }

  /// How often segments of the two cross when `upper` stands directly above `lower`.
  private func crossings(of upper: Int, over lower: Int) -> Int {
    [Side.inputs, .outputs].reduce(0) { count, side in
      let above = ranks(of: upper, on: side)
      let below = ranks(of: lower, on: side)
      var passed = 0
      return above.reduce(count) { count, rank in
        while passed < below.count, below[passed] < rank { passed += 1 }
        return count + passed
      }
    }
  }

  private func ranks(of node: Int, on side: Side) -> [Double] {
    (neighbours[side]?[node] ?? []).map { rank($0.node, $0.nodePort, on: side) }.sorted()
  }

  // MARK: Counting

  private func crossings() -> Int { level.segments.reduce(0) { $0 + crossings(among: $1) } }

  private func crossings(among segments: [LayeredLevel.Segment]) -> Int {
    let ends = segments.map { segment in
      (
        rank(segment.source, segment.output, on: .inputs),
        rank(segment.target, segment.input, on: .outputs)
      )
    }
    .sorted { $0 < $1 }
    let places = Dictionary(
      zip(Set(ends.map(\.1)).sorted(), 0...), uniquingKeysWith: { first, _ in first })
    var tree = AccumulatorTree(count: places.count)
    var count = 0
    var waiting: [Int] = []
    for (index, end) in ends.enumerated() {
      // Segments that begin at one port do not cross.
      if index > 0, ends[index - 1].0 < end.0 {
        for place in waiting { tree.add(at: place) }
        waiting = []
      }
      guard let place = places[end.1] else { continue }
      count += tree.count(behind: place)
      waiting.append(place)
    }
    return count
  }
}

/// Counts of things at numbered places, and their sums from a place on.
private struct AccumulatorTree {
  private var sums: [Int]
  private var total = 0

  init(count: Int) { sums = Array(repeating: 0, count: count + 1) }

  mutating func add(at place: Int) {
    total += 1
    var index = place + 1
    while index < sums.count {
      sums[index] += 1
      index += index & -index
    }
  }

  func count(behind place: Int) -> Int {
    var count = total
    var index = place + 1
    while index > 0 {
      count -= sums[index]
      index -= index & -index
    }
    return count
  }
}
