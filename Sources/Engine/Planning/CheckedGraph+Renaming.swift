import Graph

extension CheckedGraph {
  /// The same graph with `label` in front of the names of its nodes, so that it can be run together with
  /// others: `a:sample` for `sample`.
  public func labelled(_ label: String) -> CheckedGraph { renamed { NodeID("\(label):\($0)") } }

  /// The same graph without its label.
  var unlabelled: CheckedGraph {
    guard let first = nodes.first?.id, first.unlabelled != first else { return self }
    return renamed(\.unlabelled)
  }

  private func renamed(_ rename: (NodeID) -> NodeID) -> CheckedGraph {
    var graph = renamingReferences(rename)
    for index in graph.nodes.indices {
      graph.nodes[index].id = rename(graph.nodes[index].id)
      if let group = graph.nodes[index].element?.group {
        graph.nodes[index].element?.group = rename(group)
      }
    }
    return graph
  }

  /// Several graphs as one, their nodes and outputs behind one another.
  init(joining graphs: [CheckedGraph]) {
    self.init(
      file: graphs.first?.file ?? "", nodes: graphs.flatMap(\.nodes),
      outputs: graphs.flatMap(\.outputs))
  }

  /// The graph without nodes of which another computes the same, given by the values.
  func merging(_ duplicates: [NodeID: NodeID]) -> CheckedGraph {
    var graph = renamingReferences { duplicates[$0] ?? $0 }
    graph.nodes.removeAll { duplicates[$0.id] != nil }
    return graph
  }

  /// The same nodes, taking what they take from nodes of other names.
  func renamingReferences(_ rename: (NodeID) -> NodeID) -> CheckedGraph {
    var graph = self
    for index in graph.nodes.indices {
      graph.nodes[index].inputs = graph.nodes[index].inputs.mapValues { $0.renamed(rename) }
    }
    for index in graph.outputs.indices {
      graph.outputs[index].binding = graph.outputs[index].binding.renamed(rename)
    }
    return graph
  }
}

extension NodeID {
  /// The name without its graph's label. No name has a colon in it.
  var unlabelled: NodeID {
    guard let colon = path.utf8.lastIndex(of: UInt8(ascii: ":")) else { return self }
    return NodeID(String(path[path.index(after: colon)...]))
  }
}

extension Binding {
  fileprivate func renamed(_ rename: (NodeID) -> NodeID) -> Binding {
    switch self {
    case .constant: self
    case .output(let reference): .output(reference.renamed(rename))
    case .computed(let computation): .computed(computation.renamed(rename))
    case .list(let elements): .list(elements.map { $0.renamed(rename) })
    case .choice(let condition, let first, let second):
      .choice(
        condition.renamed(rename), then: first.renamed(rename),
        otherwise: second?.renamed(rename))
    }
  }
}

extension OutputReference {
  fileprivate func renamed(_ rename: (NodeID) -> NodeID) -> OutputReference {
    OutputReference(node: rename(node), port: port)
  }
}

extension Computation {
  /// The expression itself knows the old names.
  fileprivate func renamed(_ rename: (NodeID) -> NodeID) -> Computation {
    let names = references.map { (old: $0, new: $0.renamed(rename)) }
    let evaluate = evaluate
    return Computation(references: names.map(\.new), canonical: canonical, isLazy: isLazy) {
      values in
      let literals = names.compactMap { name in values[name.new].map { (name.old, $0) } }
      do {
        return try evaluate(Dictionary(literals) { first, _ in first })
      } catch let missing as MissingOutput {
        let name = names.first { $0.old == missing.reference }
        throw MissingOutput(reference: name?.new ?? missing.reference)
      }
    }
  }
}
