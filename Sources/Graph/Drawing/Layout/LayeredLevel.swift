/// A level whose edges lead from each layer to the next only: where an edge passes a layer, it has a
/// stop of its own there. Edges that come from the same output share their stops.
struct LayeredLevel {
  /// An item, or a stop of an edge.
  struct Node {
    var height: Double
    var inputs: [Double]
    var outputs: [Double]
    /// Nil for stops.
    var item: Int?
    /// How close others may come.
    var clearance: Double
  }

  /// A part of an edge between two layers that follow each other.
  struct Segment: Hashable {
    var source: Int
    var output: Int
    var target: Int
    var input: Int
  }

  /// The items come first, in their order.
  private(set) var nodes: [Node]
  /// The nodes of each layer from top to bottom.
  var layers: [[Int]]
  private(set) var layerOf: [Int]
  /// By layer, those that lead to the next.
  private(set) var segments: [[Segment]]
  /// By edge: the stops on its way.
  private(set) var stops: [Level.Edge: [Int]] = [:]

  private static let stopClearance = 7.0
  private static let boxClearance = 13.0

  init(_ level: Level, _ layering: Layering) {
    nodes = level.items.enumerated().map { index, item in
      Node(
        height: item.height, inputs: item.inputs, outputs: item.outputs, item: index,
        clearance: item.isTerminal ? Self.stopClearance : Self.boxClearance)
    }
    layerOf = layering.layers
    let count = (layerOf.max() ?? -1) + 1
    layers = Array(repeating: [], count: count)
    segments = Array(repeating: [], count: count)
    for item in level.items.indices { layers[layerOf[item]].append(item) }
    route(level.edges.filter { !layering.backward.contains($0) })
  }

  /// The least distance between the tops of two neighbours.
  func distance(from upper: Int, to lower: Int) -> Double {
    nodes[upper].height + nodes[upper].clearance + nodes[lower].clearance
  }

  private mutating func route(_ edges: [Level.Edge]) {
    struct Output: Hashable {
      var source: Int
      var output: Int
    }
    var ways: [Output: [Int]] = [:]
    for edge in edges {
      let output = Output(source: edge.source, output: edge.output)
      let needed = layerOf[edge.target] - layerOf[edge.source] - 1
      while ways[output, default: []].count < needed {
        let last = ways[output]?.last
        let stop = addStop(in: layerOf[last ?? edge.source] + 1)
        connect(last ?? edge.source, last == nil ? edge.output : 0, stop, 0)
        ways[output, default: []].append(stop)
      }
      let way = Array((ways[output] ?? []).prefix(needed))
      stops[edge] = way
      connect(way.last ?? edge.source, way.isEmpty ? edge.output : 0, edge.target, edge.input)
    }
  }

  private mutating func addStop(in layer: Int) -> Int {
    nodes.append(
      Node(height: 0, inputs: [0], outputs: [0], item: nil, clearance: Self.stopClearance))
    layerOf.append(layer)
    layers[layer].append(nodes.count - 1)
    return nodes.count - 1
  }

  private mutating func connect(_ source: Int, _ output: Int, _ target: Int, _ input: Int) {
    segments[layerOf[source]].append(
      Segment(source: source, output: output, target: target, input: input))
  }
}
