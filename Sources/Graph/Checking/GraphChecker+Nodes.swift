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
      if !isInCycle { lookOver(node) }
      return nil
    }
    let rule = PortNameRule(names: kind.portNames, ports: kind.ports, kind: uses.text)
    session.findings.add(rule.findings(for: node))
    if isInCycle || node.hasBrokenLists { return nil }
    return NodeExpander(graph: self, node: node, uses: uses, kind: kind).check()
  }

  /// The values of a node of no known kind have faults of their own, which are found by working them out.
  private func lookOver(_ node: NodeDeclaration) {
    let outer = ExpressionChecker(scope: scope, session: session)
    let lists = node.each.joined().flatMap(\.list.expressions)
    for expression in lists + (node.when?.expressions ?? []) { _ = outer.term(for: expression) }
    guard !node.hasBrokenLists else { return }
    let inner = ExpressionChecker(
      scope: scope.with(elements: node.unknownElements), session: session)
    for expression in node.values.flatMap(\.value.expressions) {
      _ = inner.term(for: expression)
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
}
