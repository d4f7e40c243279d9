import Graph

/// The earlier runs of a graph, beside what the graph is now.
struct PastRuns {
  let present: GraphDescription
  /// The newest first.
  let runs: [ComparedRun]

  /// When a result was last there, by key.
  private let lastRuns: [Hash256: Int]
  /// Longer chains of nodes are cut.
  private static let depthLimit = 64

  /// - Parameter runs: The newest first.
  init(present: GraphDescription, runs: [PastRun]) {
    self.present = present
    self.runs = runs.map { ComparedRun($0, with: present) }
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
