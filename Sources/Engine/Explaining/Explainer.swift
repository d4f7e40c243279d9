import Graph

/// Says of each node of a plan why it is in its state.
struct Explainer {
  /// All nodes of the graph.
  let wiring: Wiring
  let plan: Plan
  /// By node: where its result is in the store.
  let hits: [NodeID: CacheHit]
  let present: GraphDescription
  let runs: PastRuns

  /// In the order of the graph.
  var explanations: [Explanation] {
    let certain = certainNodes
    return wiring.nodes.indices.map { index in
      let (node, entry) = (wiring.nodes[index], plan.entries[index])
      return Explanation(
        node: node.id, group: node.element?.group, uses: entry.uses, state: entry.state,
        condition: entry.state == .maybe ? (certain[index] ? .content : .choice) : nil,
        cause: cause(of: entry), sameAs: entry.sameAs,
        neededBy: entry.state == .load ? consumer(of: index) : nil)
    }
  }

  private func cause(of entry: PlanEntry) -> Explanation.Cause {
    guard let node = present[entry.sameAs ?? entry.node] else { return .unused }
    switch entry.state {
    case .notNeeded: return .covered
    case .cached:
      guard let hit = hit(of: entry) else { return .covered }
      if hit.reason == .static { return .unchanged(since: hit.record.created) }
      return .sameContent(runs.cause(of: node))
    case .load:
      return node.key.flatMap(runs.lastRun).map { .unchanged(since: $0) } ?? runs.cause(of: node)
    case .run, .maybe: return runs.cause(of: node)
    }
  }

  private func hit(of entry: PlanEntry) -> CacheHit? { hits[entry.sameAs ?? entry.node] }

  /// The first node that makes it necessary to load a handle.
  private func consumer(of index: Int) -> NodeID? {
    let doing: [PlanEntry.State] = [.run, .load, .maybe]
    return wiring.consumers[index].first { doing.contains(plan.entries[$0].state) }
      .map { wiring.nodes[$0].id }
  }

  /// By node: whether it is needed however choices turn out.
  private var certainNodes: [Bool] {
    var isCertain = [Bool](repeating: false, count: wiring.nodes.count)
    func add(_ binding: Binding) {
      for reference in binding.certainReferences {
        isCertain[wiring.position(of: reference.node)] = true
      }
    }
    for output in wiring.outputs { add(output.binding) }
    for index in wiring.nodes.indices.reversed()
    where isCertain[index] && hit(of: plan.entries[index])?.reason != .static {
      for binding in wiring.nodes[index].inputs.values { add(binding) }
    }
    return isCertain
  }
}
