import Graph

/// The earlier run that a node is compared with.
extension PastRuns {
  /// What a node is compared with.
  struct Nearest {
    var run: ComparedRun
    var node: NodeDescription
    /// Whether it is an element of the same list which is still there, under this number or another.
    var isMoved = false
  }

  /// A node is compared with so many others at most: lists may be long.
  private static let candidateLimit = 100

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
      guard let elements = run.elements[group] else { continue }
      let isMoved = elements.gone.isEmpty
      let own = run.graph[node.id].flatMap { old in
        isMoved || !present.hasKey(of: old) ? old : nil
      }
      let others = (isMoved ? elements.all : elements.gone).prefix(Self.candidateLimit)
      return best(
        of: ([own].compactMap(\.self) + others).map {
          Nearest(run: run, node: $0, isMoved: isMoved)
        }, for: node)
    }
    return nil
  }

  /// Nodes of the same kind that are there no more, and have something in common with this one.
  private func renamed(_ node: NodeDescription, in run: ComparedRun) -> [Nearest] {
    run.vanished[node.uses, default: []].prefix(Self.candidateLimit).filter { old in
      present.differences(of: node, from: old, in: run.graph).count < node.inputs.count
    }
    .map { Nearest(run: run, node: $0) }
  }

  /// The one with the fewest differences; of several, the one of the run with the fewest changes in all; of
  /// several, the first.
  private func best(of candidates: [Nearest], for node: NodeDescription) -> Nearest? {
    candidates.map { nearest in
      let past = nearest.run.graph
      let count = present.differences(of: node, from: nearest.node, in: past).count
      return (nearest, count, nearest.run.changeCount)
    }
    .min { ($0.1, $0.2) < ($1.1, $1.2) }?.0
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
