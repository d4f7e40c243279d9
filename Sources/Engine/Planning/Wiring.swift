import Graph

/// A checked graph with its nodes numbered and its edges in both directions.
///
/// Nodes are numbered in the graph's order: each behind those that it needs.
struct Wiring: Sendable {
  let nodes: [CheckedNode]
  let outputs: [CheckedOutput]
  /// By node: the outputs of other nodes that it may take, each once.
  let sources: [[OutputReference]]
  /// By node: the nodes that it may take something from, each once.
  let producers: [[Int]]
  /// By node: the nodes that may take something from it, each once.
  let consumers: [[Int]]
  /// The outputs of nodes that the graph may hand out, each once.
  let targets: [OutputReference]
  private let index: [NodeID: Int]

  init(_ graph: CheckedGraph) {
    nodes = graph.nodes
    outputs = graph.outputs
    let index = Dictionary(graph.nodes.enumerated().map { ($1.id, $0) }) { first, _ in first }
    self.index = index
    sources = graph.nodes.map(\.sources)
    producers = sources.map { Self.distinct($0.map { Self.position(of: $0.node, in: index) }) }
    var consumers = [[Int]](repeating: [], count: nodes.count)
    for (node, producers) in producers.enumerated() {
      for producer in producers {
        precondition(producer < node, "a checked graph's nodes stand behind those that they need")
        consumers[producer].append(node)
      }
    }
    self.consumers = consumers
    targets = Self.distinct(graph.outputs.flatMap(\.binding.references))
  }

  /// The nodes that the outputs need, in order, when the need passes on through those that `passes`
  /// says.
  func needed(through passes: (Int) -> Bool) -> [Int] {
    var isNeeded = isTarget
    for index in nodes.indices.reversed() where isNeeded[index] && passes(index) {
      for producer in producers[index] { isNeeded[producer] = true }
    }
    return nodes.indices.filter { isNeeded[$0] }
  }

  /// By node: whether the graph may hand out what it puts out.
  var isTarget: [Bool] {
    var isTarget = [Bool](repeating: false, count: nodes.count)
    for target in targets { isTarget[position(of: target.node)] = true }
    return isTarget
  }

  /// The number of a node.
  func position(of node: NodeID) -> Int { Self.position(of: node, in: index) }

  private static func position(of node: NodeID, in index: [NodeID: Int]) -> Int {
    guard let position = index[node] else {
      preconditionFailure("a checked graph refers to a node `\(node)` that it does not have")
    }
    return position
  }

  private static func distinct<Element: Hashable>(_ elements: [Element]) -> [Element] {
    var seen: Set<Element> = []
    return elements.filter { seen.insert($0).inserted }
  }
}
