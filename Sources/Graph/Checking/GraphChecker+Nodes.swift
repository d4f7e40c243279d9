extension GraphChecker {
  /// What a node's ports and outputs are declared by.
  enum NodeKind {
    case schema(NodeSchema)
    case graph(GraphDocument)

    /// The inputs whose declarations are in order.
    var ports: [PortSchema] {
      switch self {
      case .schema(let schema): schema.inputs
      case .graph(let document): document.inputs.compactMap(\.port)
      }
    }

    /// Every name that can be assigned to.
    var portNames: [String] {
      switch self {
      case .schema(let schema): schema.inputs.map(\.name)
      case .graph(let document): document.inputs.map(\.name)
      }
    }
  }

  /// Checks a node, and gives its outputs; nil where its kind is not known.
  func checkNode(_ node: NodeDeclaration, isInCycle: Bool) -> [(name: String, term: Term?)]? {
    guard session.admitNode(at: node.span), let uses = node.uses, let kind = kind(of: node, uses)
    else {
      // The values have faults of their own, which are found by working them out.
      let expressions = ExpressionChecker(scope: scope, session: session)
      if !isInCycle {
        for expression in node.values.flatMap(\.value.expressions) {
          _ = expressions.term(for: expression)
        }
      }
      return nil
    }
    reportPortNames(of: node, uses: uses, kind: kind)
    if isInCycle { return nil }
    let checker = NodeChecker(graph: self, node: node, uses: uses)
    switch kind {
    case .schema(let schema): return checker.check(schema)
    case .graph(let document): return checker.check(document)
    }
  }

  private func kind(of node: NodeDeclaration, _ uses: Word) -> NodeKind? {
    if DocumentLibrary.namesGraph(uses.text) { return graph(of: node, uses).map(NodeKind.graph) }
    guard let schema = session.catalog[uses.text] else {
      session.findings.add(.unknownNode(uses, catalog: session.catalog))
      return nil
    }
    return .schema(schema)
  }

  private func graph(of node: NodeDeclaration, _ uses: Word) -> GraphDocument? {
    guard let file = session.documents.locate(uses, by: id(of: node), from: document) else {
      return nil
    }
    if let start = files.firstIndex(of: file) {
      session.findings.add(.recursiveGraph(files[start...] + [file], at: uses.span))
      return nil
    }
    return session.documents[file]
  }

  private func reportPortNames(of node: NodeDeclaration, uses: Word, kind: NodeKind) {
    let names = kind.portNames
    for value in node.values where !names.contains(value.port) {
      session.findings.add(
        .unknownPort(value.port, of: uses.text, ports: names, at: value.portSpan))
    }
    let given = Set(node.values.map(\.port))
    let missing = kind.ports.filter { $0.presence == .required && !given.contains($0.name) }
    // A misspelled port is not missing as well.
    let isMisspelled = { (port: PortSchema) in
      node.values.contains {
        !names.contains($0.port) && NearMiss.of($0.port, in: names) == port.name
      }
    }
    for port in missing where !isMisspelled(port) {
      session.findings.add(.missingPort(port, of: uses.text, node: node))
    }
  }
}
