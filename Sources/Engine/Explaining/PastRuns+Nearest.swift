import Graph

/// The earlier run that a node is compared with.
extension PastRuns {
  /// What a node is compared with.
  struct Nearest {
    var run: PastRun
    var node: NodeDescription
    /// Whether it is an element of the same list which is still there, under this number or another.
    var isMoved = false
  }

  func nearest(to node: NodeDescription) -> Nearest? {
    if let group = node.group, let nearest = nearestElement(to: node, of: group) { return nearest }
    let same = runs.compactMap { run in
      run.graph[node.id].map { Nearest(run: run, node: $0) }
    }
    return best(of: same.filter(\.node.hasResult), for: node)
      ?? runs.lazy.compactMap { best(of: renamed(node, in: $0), for: node) }.first
  }

  /// In the newest run that had elements of the group: first among those that have gone since.
  private func nearestElement(to node: NodeDescription, of group: NodeID) -> Nearest? {
    for run in runs {
      let elements = run.graph.nodes.filter { $0.group == group && $0.hasResult }
      guard !elements.isEmpty else { continue }
      let gone = elements.filter { !present.hasKey(of: $0) }
        .sorted { $0.id == node.id && $1.id != node.id }
      let candidates =
        gone.isEmpty
        ? elements.map { Nearest(run: run, node: $0, isMoved: true) }
        : gone.map { Nearest(run: run, node: $0) }
      return best(of: candidates, for: node)
    }
    return nil
  }

  /// Nodes of the same kind that are there no more, and have something in common with this one.
  private func renamed(_ node: NodeDescription, in run: PastRun) -> [Nearest] {
    run.graph.nodes.filter { old in
      old.hasResult && old.uses == node.uses && !ids.contains(old.id)
        && present.differences(of: node, from: old, in: run.graph).count < node.inputs.count
    }
    .map { Nearest(run: run, node: $0) }
  }

  /// The one with the fewest differences; of several, the one with the fewest differences in all that
  /// comes before it; of several, the first.
  private func best(of candidates: [Nearest], for node: NodeDescription) -> Nearest? {
    let counted = candidates.map {
      ($0, present.differences(of: node, from: $0.node, in: $0.run.graph).count)
    }
    let least = counted.map(\.1).min()
    let nearest = counted.filter { $0.1 == least }.map(\.0)
    guard nearest.count > 1 else { return nearest.first }
    return nearest.map { ($0, rootCount(of: node, from: $0)) }.min { $0.1 < $1.1 }?.0
  }

  /// How many changes of its own each node before this one has, and this one itself.
  private func rootCount(of node: NodeDescription, from nearest: Nearest) -> Int {
    let past = nearest.run.graph
    var count = 0
    var seen: Set<NodeID> = [node.id]
    var pairs = [(node, nearest.node)]
    while let (new, old) = pairs.popLast() {
      for difference in present.differences(of: new, from: old, in: past) {
        guard case .upstream(_, let source, let earlier) = difference else {
          count += 1
          continue
        }
        guard seen.insert(source.node).inserted, let new = present[source.node],
          let old = past[earlier.node]
        else { continue }
        pairs.append((new, old))
      }
    }
    return count
  }

  /// A constant that no element of the list had.
  func newElement(
    _ change: Change, of node: NodeDescription, in past: GraphDescription
  ) -> Change {
    guard case .input(let port, _, let value?) = change,
      let component = node.inputs.first(where: { $0.port == port })?.component
    else { return change }
    let isKnown = past.nodes.contains { old in
      old.group == node.group
        && old.inputs.contains { $0.port == port && $0.component == component }
    }
    return isKnown ? change : .newElement(port: port, value)
  }
}
