import Graph

extension Engine {
  /// Why each node would run or need not, in the order of the graph. Runs nothing and writes nothing.
  /// Throws as `plan` does.
  public func explain(_ graph: CheckedGraph) throws -> [Explanation] {
    let engine = Engine(library: library, store: store?.readOnly, options: options)
    let prepared = try engine.prepare(graph)
    let present = try GraphDescription(
      prepared.wiring, plan: prepared.plan, scheme: prepared.scheme,
      hasResult: prepared.wiring.nodes.map { _ in false })
    let history = store.map { RunHistory(of: graph.file, in: $0.layout).load() } ?? []
    return Explainer(
      wiring: prepared.wiring, plan: prepared.plan, present: present, history: history
    ).explanations
  }
}

extension Schedule {
  /// Remembers what went into this run, for explanations of later ones.
  func remember(as graph: String) {
    guard let store else { return }
    RunHistory(of: graph, in: store.layout).add(fingerprint) { last in
      let hasResult = wiring.nodes.indices.map { index in
        phases[index] == .settled
          || last?.hadResult(nodes[index].id, plan.entries[index].key) == true
      }
      return try? GraphDescription(wiring, plan: plan, scheme: scheme, hasResult: hasResult)
    }
  }

  /// Equal for runs whose descriptions are equal.
  private var fingerprint: Hash256 {
    var hasher = FieldHasher()
    hasher.add(KeyScheme.version)
    hasher.add(scheme.numericMode)
    for index in wiring.neededNodes {
      hasher.add(wiring.nodes[index].id.path)
      if let key = plan.entries[index].key { hasher.add(key) } else { hasher.add(0) }
    }
    return hasher.finish()
  }
}

extension GraphDescription {
  fileprivate func hadResult(_ node: NodeID, _ key: Hash256?) -> Bool {
    guard let node = self[node], node.key == key, key != nil else { return false }
    return node.hasResult
  }
}
