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
    let condition = reader.term(for: when, port: PortSchema(name: "when", type: .bool, about: ""))
    let first = session.nodes.count
    let isLeftOut = condition?.constant == .bool(false)
    let outputs = isLeftOut ? session.leavingOut { checkElements() } : checkElements()
    for index in session.nodes.indices[first...] { session.nodes[index].isConditional = true }
    return outputs.map { name, term in
      (name, condition.flatMap { condition in term?.given(condition) })
    }
  }

  private func checkElements() -> Outputs {
    if node.each.isEmpty { return checkOne([:]) }
    guard let elements = elements() else { return checkOne(unknownElements).map { ($0.name, nil) } }
    if elements.isEmpty { return noElements() }
    let results = elements.enumerated().map { index, terms in checkOne(terms, number: index + 1) }
    return results[0].indices.map { index in
      (results[0][index].name, gathered(results.map { $0[index].term }))
    }
  }

  /// - Parameter number: Which of the elements it is, from 1; nil where the node is not mapped.
  private func checkOne(_ elements: [String: Term?], number: Int? = nil) -> Outputs {
    if let number, number > 1, !session.admitNode(at: node.span) { return [] }
    let checker = NodeChecker(
      graph: graph, node: node, uses: uses, elements: elements, number: number)
    switch kind {
    case .schema(let schema): return checker.check(schema)
    case .graph(let document): return checker.check(document)
    }
  }

  private func gathered(_ terms: [Term?]) -> Term? {
    ExpressionChecker(scope: graph.scope, session: session).list(terms, at: node.span)
  }

  /// Mapped over an empty list, the node gives empty lists. It is looked at all the same.
  private func noElements() -> Outputs {
    checkOne(unknownElements).map { name, term in
      (name, term.map { Term(list: [], of: $0.type, at: node.span) })
    }
  }

  /// Elements of which nothing is known: whoever uses them is not blamed.
  private var unknownElements: [String: Term?] {
    Dictionary(node.each.joined().map { ($0.name, nil) }) { first, _ in first }
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
    let port = kind.ports.first { $0.name == source.name }
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
    if let elements = term.elements { return elements }
    if case .output(let reference) = term.form, let element = term.type.element,
      session.openInputs.contains(reference)
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
