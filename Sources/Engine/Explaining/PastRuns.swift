import Graph

/// The earlier runs of a graph, beside what the graph is now.
struct PastRuns {
  let present: GraphDescription
  /// The newest first.
  let runs: [PastRun]

  private let ids: Set<NodeID>
  private let keys: Set<Hash256>
  /// When a result was last there, by key.
  private let lastRuns: [Hash256: Int]
  /// Longer chains of nodes are cut.
  private static let depthLimit = 64

  init(present: GraphDescription, runs: [PastRun]) {
    self.present = present
    self.runs = runs
    ids = Set(present.nodes.map(\.id))
    keys = Set(present.nodes.compactMap(\.key))
    let known = runs.flatMap { run in
      run.graph.nodes.compactMap { node in
        node.hasResult ? node.key.map { ($0, run.time) } : nil
      }
    }
    lastRuns = Dictionary(known, uniquingKeysWith: max)
  }

  /// When the result of this key was last there, in seconds since 1970.
  func lastRun(with key: Hash256) -> Int? { lastRuns[key] }

  /// Why a node's result is not where it would be found by its key.
  func cause(of node: NodeDescription) -> Explanation.Cause { cause(of: node, depth: 0) }

  private func cause(of node: NodeDescription, depth: Int) -> Explanation.Cause {
    guard let key = node.key else { return causeOfNoName(node, depth) }
    if let time = lastRun(with: key) { return .gone(lastRun: time) }
    guard let nearest = nearest(to: node) else { return .new }
    return cause(of: node, from: nearest, depth: depth)
  }

  private func cause(
    of node: NodeDescription, from nearest: Nearest, depth: Int
  ) -> Explanation.Cause {
    let past = nearest.run.graph
    switch present.differences(of: node, from: nearest.node, in: past).first {
    case nil: return .gone(lastRun: nearest.run.time)
    case .change(let change):
      return .changed(nearest.isMoved ? newElement(change, of: node, in: past) : change)
    case .upstream(let port, let new, let old):
      guard depth < Self.depthLimit, let producer = present[new.node] else {
        return .upstream(port: port, from: new.node, .new)
      }
      // An element's number says nothing: it is compared with those that it is most like.
      if producer.group == nil, let earlier = past[old.node], producer.key != nil {
        let pair = Nearest(run: nearest.run, node: earlier)
        return .upstream(
          port: port, from: producer.id, cause(of: producer, from: pair, depth: depth + 1))
      }
      return .upstream(port: port, from: producer.id, cause(of: producer, depth: depth + 1))
    }
  }

  /// Follows a node that cannot be looked up to the one that takes an unknown file.
  private func causeOfNoName(_ node: NodeDescription, _ depth: Int) -> Explanation.Cause {
    for input in node.inputs {
      for reference in input.component.references {
        guard let producer = present[reference.node], producer.key == nil else { continue }
        guard depth < Self.depthLimit else { return .unnamed }
        return .upstream(
          port: input.port, from: producer.id, causeOfNoName(producer, depth + 1))
      }
    }
    return .unnamed
  }
}

// MARK: The nearest earlier run

extension PastRuns {
  /// What a node is compared with.
  struct Nearest {
    var run: PastRun
    var node: NodeDescription
    /// Whether it is an element of the same list which is still there, under this number or another.
    var isMoved = false
  }

  private func nearest(to node: NodeDescription) -> Nearest? {
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
      let isHere = { (element: NodeDescription) in element.key.map(keys.contains) ?? false }
      let gone = elements.filter { !isHere($0) }
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
  private func newElement(
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

extension Component {
  /// The outputs of other nodes that it may come from.
  var references: [OutputReference] {
    switch self {
    case .constant, .file: []
    case .constants(let elements), .gathered(let elements): elements.flatMap(\.references)
    case .output(let reference): [reference]
    case .computed(let formula): formula.references
    case .choice(let condition, let first, let second):
      condition.references + first.references + (second?.references ?? [])
    }
  }
}
