import Graph

/// An earlier run, and what has become of its nodes since.
struct ComparedRun {
  /// Seconds since 1970.
  let time: Int
  let graph: GraphDescription
  /// How many nodes there were of which a component of their own is another now.
  let changeCount: Int
  /// By group: its elements, those whose keys no node has any more apart.
  private(set) var elements: [NodeID: (all: [NodeDescription], gone: [NodeDescription])] = [:]
  /// By kind: the nodes whose names no node has any more.
  private(set) var vanished: [String: [NodeDescription]] = [:]

  init(_ run: PastRun, with present: GraphDescription) {
    (time, graph) = (run.time, run.graph)
    changeCount = run.graph.nodes.count { old in
      guard !present.hasKey(of: old), let node = present[old.id] else { return false }
      return present.differences(of: node, from: old, in: run.graph).contains {
        if case .change = $0 { true } else { false }
      }
    }
    for node in run.graph.nodes where node.hasResult {
      if let group = node.group {
        elements[group, default: ([], [])].all.append(node)
        if !present.hasKey(of: node) { elements[group]?.gone.append(node) }
      }
      if present[node.id] == nil { vanished[node.uses, default: []].append(node) }
    }
  }
}
