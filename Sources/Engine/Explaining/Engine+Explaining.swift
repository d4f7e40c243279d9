import Graph

extension Engine {
  /// Why each node would run or need not, in the order of the graph. Runs nothing and writes nothing.
  /// `hashing` is told of files that are read for that. Throws as `plan` does.
  public func explain(
    _ graph: CheckedGraph, hashing: @escaping @Sendable (HashingProgress) -> Void = { _ in }
  ) throws -> [Explanation] {
    let engine = Engine(library: library, store: store?.readOnly, options: options)
    let prepared = try engine.prepare(graph, hashing: hashing)
    let wiring = Wiring(graph)
    let present = try GraphDescription(
      wiring, entries: prepared.plan.entries, files: prepared.plan.files, scheme: prepared.scheme,
      hasResult: { _ in false })
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
  /// Remembers what went into this run of some graphs, for explanations of later ones. One in which something
  /// failed is not remembered.
  func remember(_ graphs: [CheckedGraph]) {
    guard let store, failures.isEmpty else { return }
    if graphs.count == 1 { return remember(graphs[0], plan.entries, in: store) }
    let entries = Dictionary(plan.entries.map { ($0.node, $0) }) { first, _ in first }
    for graph in graphs { remember(graph, graph.nodes.compactMap { entries[$0.id] }, in: store) }
  }

  private func remember(_ graph: CheckedGraph, _ entries: [PlanEntry], in store: Store) {
    guard entries.count == graph.nodes.count else { return }
    RunHistory(of: graph.file, in: store.layout).add(fingerprint(of: entries)) { last in
      try? GraphDescription(
        Wiring(graph.unlabelled), entries: entries, files: plan.files, scheme: scheme
      ) { entry in
        phases[wiring.position(of: entry.sameAs ?? entry.node)] == .settled
          || last?.hadResult(entry.node, entry.key) == true
      }
    }
  }

  /// Equal for runs whose descriptions are equal.
  private func fingerprint(of entries: [PlanEntry]) -> Hash256 {
    var hasher = FieldHasher()
    hasher.add(KeyScheme.version)
    hasher.add(scheme.numericMode)
    for entry in entries {
      hasher.add(entry.node.unlabelled.path)
      if let key = entry.key { hasher.add(key) } else { hasher.add(0) }
    }
    return hasher.finish()
  }
}

extension GraphDescription {
  fileprivate func hadResult(_ node: NodeID, _ key: Hash256?) -> Bool {
    guard let node = self[node.unlabelled], key != nil, node.key == key else { return false }
    return node.hasResult
  }
}
