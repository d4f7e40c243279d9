/// Checks what `when` and `each` make of a node: one that may be left out, or one for each element.
struct NodeExpander {
  typealias Outputs = [(name: String, term: Term?)]

  let graph: GraphChecker
  let node: NodeDeclaration
  let uses: Word
  let kind: GraphChecker.NodeKind

  private var session: CheckSession { graph.session }

  /// The node's outputs, as those who refer to it see them.
  func check() -> Outputs {
    guard let when = node.when else { return checkElements() }
    let condition = condition(when)
    let first = session.nodes.count
    let isLeftOut = condition?.constant == .bool(false)
    let outputs = isLeftOut ? session.leavingOut { checkElements() } : checkElements()
    if condition?.constant != .bool(true) {
      for index in session.nodes.indices[first...] { session.nodes[index].isConditional = true }
    }
    return outputs.map { name, term in
      (name, condition.flatMap { condition in term?.given(condition) })
    }
  }

  private func condition(_ when: WrittenValue) -> Term? {
    let faults = ConditionRule.findings(for: node, scope: graph.scope)
    session.findings.add(faults)
    guard faults.isEmpty else { return nil }
    return reader.term(for: when, port: PortSchema(name: "when", type: .bool, about: ""))
  }

  private func checkElements() -> Outputs {
    if node.each.isEmpty { return checkOne([:]) }
    guard let elements = elements() else { return checkUnknown().map { ($0.name, nil) } }
    if elements.isEmpty { return noElements() }
    var results: [Outputs] = []
    for (index, terms) in elements.enumerated() {
      guard index == 0 || session.admitNode(at: node.span) else {
        return results[0].map { ($0.name, nil) }
      }
      results.append(checkOne(terms, number: index + 1))
    }
    return results[0].indices.map { index in
      (results[0][index].name, gathered(results.map { $0[index].term }))
    }
  }

  /// - Parameter number: Which of the elements it is, from 1; nil where the node is not mapped.
  private func checkOne(_ elements: [String: Term?], number: Int? = nil) -> Outputs {
    let checker = NodeChecker(
      graph: graph, node: node, uses: uses, elements: elements, number: number)
    switch kind {
    case .schema(let schema): return checker.check(schema)
    case .graph(let document): return checker.check(document)
    }
  }

  private func gathered(_ terms: [Term?]) -> Term? {
    expressions.list(terms, at: node.span, mayBeMissing: true)
  }

  /// Mapped over an empty list, the node gives empty lists. It is looked at all the same.
  private func noElements() -> Outputs {
    checkUnknown().map { name, term in
      (name, term.map { Term(list: [], of: $0.type, at: node.span) })
    }
  }

  /// Looks at the node without knowing its elements. None of its nodes belongs to the graph.
  private func checkUnknown() -> Outputs {
    let first = session.nodes.count
    defer { session.dropNodes(from: first) }
    return checkOne(node.unknownElements)
  }
}

// MARK: Elements

extension NodeExpander {
  /// For each element, what its names stand for: the product of the axes, the first changing slowest.
  /// Nil, with a finding, where a list is wrong.
  private func elements() -> [[String: Term?]]? {
    let axes = node.each.map { axis in steps(of: axis) }
    var product: [[String: Term?]] = [[:]]
    for axis in axes {
      guard let axis else { return nil }
      guard product.count * max(axis.count, 1) <= CheckSession.nodeLimit else {
        session.findings.add(.tooManyNodes(limit: CheckSession.nodeLimit, at: node.span))
        return nil
      }
      product = product.flatMap { outer in axis.map { outer.merging($0) { $1 } } }
    }
    return product
  }

  /// The elements of lists that go in step.
  private func steps(of axis: [ElementSource]) -> [[String: Term?]]? {
    let lists = axis.compactMap { source in terms(of: source).map { (source, $0) } }
    guard lists.count == axis.count, let (first, terms) = lists.first else { return nil }
    for (source, others) in lists where others.count != terms.count {
      session.findings.add(.unequalLists(source, others.count, first, terms.count))
      return nil
    }
    return terms.indices.map { index in
      Dictionary(lists.map { ($0.name, $1[index]) }) { first, _ in first }
    }
  }

  /// The elements of one list.
  private func terms(of source: ElementSource) -> [Term]? {
    let hasOwnValue = node.values.contains { $0.port == source.name }
    let port = hasOwnValue ? nil : kind.ports.first { $0.name == source.name }
    switch source.list.form {
    case .refused: return nil
    case .list(let elements):
      let terms = elements.compactMap { term(for: $0, port: port) }
      return terms.count == elements.count ? terms : nil
    case .template(.expression(let expression), _):
      return expressions.term(for: expression).flatMap { listed($0) }
    case .template, .fields:
      session.findings.add(.eachWithoutList(source.name, at: source.list.span))
      return nil
    }
  }

  private func listed(_ term: Term) -> [Term]? {
    if let elements = term.elements {
      return elements.map { element in
        var element = element
        element.span = term.span
        return element
      }
    }
    if case .output(let reference) = term.form, let element = term.type.element,
      session.openInputs[reference] != nil
    {
      // Whoever uses the graph says how many there are; one stands for all of them.
      return [Term(reference, as: element, at: term.span)]
    }
    session.findings.add(.noStaticList(session.families.resolve(term.type), at: term.span))
    return nil
  }

  /// An element that is a scalar is read as the port of its name takes it.
  private func term(for value: WrittenValue, port: PortSchema?) -> Term? {
    if let port, port.type.isScalar { return reader.term(for: value, port: port) }
    switch value.form {
    case .refused: return nil
    case .template(.literal(let text), let isPlain):
      return isPlain && port == nil
        ? reader.inferred(text, at: value.span) : Term(.text(text), as: .text, at: value.span)
    case .template(.expression(let expression), _): return expressions.term(for: expression)
    case .template(.text(let parts), _): return expressions.join(parts, at: value.span)
    case .list, .fields:
      session.findings.add(.outputIsNoValue("each", at: value.span))
      return nil
    }
  }

  private var expressions: ExpressionChecker {
    ExpressionChecker(scope: graph.scope, session: session)
  }

  private var reader: ValueReader {
    ValueReader(
      folder: graph.document.folder, findings: session.findings, expressions: expressions)
  }
}
