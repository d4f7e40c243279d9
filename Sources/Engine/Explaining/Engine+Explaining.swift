import Graph

extension Engine {
  /// Why each node would run or need not, in the order of the graph. Runs nothing and writes nothing.
  /// Throws as `plan` does.
  public func explain(_ graph: CheckedGraph) throws -> [Explanation] {
    let engine = Engine(library: library, store: store?.readOnly, options: options)
    let prepared = try engine.prepare(graph)
    let wiring = Wiring(graph)
    let present = try GraphDescription(
      wiring, plan: prepared.plan, scheme: prepared.scheme, hasResult: { _ in false })
    let history = store.map { RunHistory(of: graph.file, in: $0.layout).load() } ?? []
    return Explainer(
      wiring: wiring, plan: prepared.plan, hits: prepared.hits, present: present,
      runs: PastRuns(present: present, runs: history)
    ).explanations
  }
}

extension Engine.Prepared {
  /// By node that is planned by itself.
  fileprivate var hits: [NodeID: CacheHit] {
    let hits = zip(wiring.nodes, plan.hits).compactMap { node, hit in hit.map { (node.id, $0) } }
    return Dictionary(hits) { first, _ in first }
  }
}

extension Schedule {
  /// Remembers what went into this run of a graph, for explanations of later ones. One in which something
  /// failed is not remembered, nor is one of several graphs together.
  func remember(_ graph: CheckedGraph) {
    guard let store, failures.isEmpty, !graph.file.isEmpty else { return }
    RunHistory(of: graph.file, in: store.layout).add(fingerprint) { last in
      try? GraphDescription(Wiring(graph), plan: plan, scheme: scheme) { entry in
        phases[wiring.position(of: entry.sameAs ?? entry.node)] == .settled
          || last?.hadResult(entry.node, entry.key) == true
      }
    }
  }

  /// Equal for runs whose descriptions are equal.
  private var fingerprint: Hash256 {
    var hasher = FieldHasher()
    hasher.add(KeyScheme.version)
    hasher.add(scheme.numericMode)
    for entry in plan.entries {
      hasher.add(entry.node.path)
      if let key = entry.key { hasher.add(key) } else { hasher.add(0) }
    }
    return hasher.finish()
  }
}

extension GraphDescription {
  fileprivate func hadResult(_ node: NodeID, _ key: Hash256?) -> Bool {
    guard let node = self[node], key != nil, node.key == key else { return false }
    return node.hasResult
  }
}
