/// Checks one node, or one element of a mapped node: the values of its ports, its types, and what it
/// says of its outputs.
struct NodeChecker {
  let graph: GraphChecker
  let node: NodeDeclaration
  let uses: Word
  /// What the names of `each` stand for.
  let elements: [String: Term?]
  let id: NodeID

  var session: CheckSession { graph.session }

  /// - Parameter number: Which of the elements it is, from 1; nil where the node is not mapped.
  init(
    graph: GraphChecker, node: NodeDeclaration, uses: Word, elements: [String: Term?], number: Int?
  ) {
    self.graph = graph
    self.node = node
    self.uses = uses
    self.elements = elements
    id = NodeID(graph.id(of: node).path + (number.map { "[\($0)]" } ?? ""))
  }

  /// A node that the engine runs.
  func check(_ schema: NodeSchema) -> [(name: String, term: Term?)] {
    let (terms, spans, isSound) = bind(schema.inputs)
    if isSound, let expansion = schema.expansion, let outputs = expand(expansion, terms) {
      let results = schema.outputs.map { ($0.name, outputs[$0.name]) }
      note(schema.inputs.map(\.name), terms, spans, results)
      return results
    }
    guard isSound, let outlook = infer(schema, terms) else { return unknownOutputs(of: schema) }
    let outputs = schema.outputs.map { ($0.name, term(for: $0, outlook)) }
    if outputs.allSatisfy({ $0.1.constant != nil }) {
      note(schema.inputs.map(\.name), terms, spans, outputs)
      return outputs
    }
    session.nodes.append(
      CheckedNode(
        id: id, schema: schema, span: node.span, inputs: terms.mapValues(\.binding),
        inputTypes: terms.mapValues(\.type), inputSpans: spans, outputTypes: outlook.types))
    noteOpenLists(of: schema, terms)
    return outputs
  }

  private func term(for output: PortSchema, _ outlook: Outlook) -> Term {
    let type = outlook.types[output.name] ?? output.type
    if let value = outlook.values[output.name] { return Term(value, as: type, at: node.span) }
    return Term(OutputReference(node: id, port: output.name), as: type, at: node.span)
  }

  /// Lists of scalars that are not known because an input of the outermost graph is not: whoever sets that
  /// will know them.
  private func noteOpenLists(of schema: NodeSchema, _ terms: [String: Term]) {
    let references = terms.values.flatMap(\.binding.references)
    guard references.contains(where: { session.openInputs[$0] != nil }) else { return }
    for output in schema.outputs where output.type.element?.isScalar == true {
      session.openInputs[OutputReference(node: id, port: output.name)] = node.span
    }
  }

  /// What a node that need not run comes to, nothing after a finding; nil where it has to run.
  private func expand(_ expansion: NodeExpansion, _ terms: [String: Term]) -> [String: Term]? {
    let expressions = ExpressionChecker(scope: graph.scope, session: session)
    do throws(Refused) {
      return try expansion.outputs(terms, expressions, at: node.span)
    } catch {
      session.findings.add(error.finding)
      return [:]
    }
  }

  /// A node that stands for a graph.
  func check(_ document: GraphDocument) -> [(name: String, term: Term?)] {
    let (terms, spans, _) = bind(document.inputs.compactMap(\.port))
    let file = document.source.file
    session.findings.users.append(GraphUse(node: id, uses: uses))
    defer { session.findings.users.removeLast() }
    var inner = GraphChecker(
      session: session, document: document, prefix: id.path + "/", files: graph.files + [file])
    let outputs = inner.check(inputs: terms)
    note(document.inputs.map(\.name), terms, spans, outputs)
    return outputs
  }

  /// Remembers the types of a node that is none of those that the engine runs.
  private func note(
    _ ports: [String], _ terms: [String: Term], _ spans: [String: SourceSpan],
    _ outputs: [(name: String, term: Term?)]
  ) {
    session.typedNodes.append(
      TypedNode(
        id: id, span: node.span, inputs: ports.map { ($0, terms[$0]?.type) }, inputSpans: spans,
        outputs: outputs.map { ($0.name, $0.term?.type) }))
  }

  /// The terms of the ports, defaults filled in, and where those are written that are no defaults; not
  /// sound where one has a finding.
  private func bind(
    _ ports: [PortSchema]
  ) -> (terms: [String: Term], spans: [String: SourceSpan], isSound: Bool) {
    let values = Dictionary(node.values.map { ($0.port, $0.value) }) { first, _ in first }
    let expressions = ExpressionChecker(
      scope: graph.scope.with(elements: elements), session: session)
    let reader = ValueReader(
      folder: graph.document.folder, findings: session.findings, expressions: expressions)
    var terms: [String: Term] = [:]
    var isSound = node.values.allSatisfy { value in ports.contains { $0.name == value.port } }
    for var port in ports {
      port.type = session.instantiate(port.type, scope: id.path) { declaration(of: port) }
      if let value = values[port.name] {
        terms[port.name] = reader.term(for: value, port: port)
        isSound = isSound && terms[port.name] != nil
      } else if let element = elements[port.name] {
        terms[port.name] = element.flatMap { expressions.fit($0, to: port, at: $0.span) }
        isSound = isSound && terms[port.name] != nil
      } else if case .defaulted(let value) = port.presence {
        terms[port.name] = defaultTerm(value, of: port)
        isSound = isSound && terms[port.name] != nil
      } else if port.presence == .required {
        isSound = false
      }
    }
    var spans = values.mapValues(\.span)
    for (name, element) in elements where spans[name] == nil { spans[name] = element?.span }
    return (terms.filter { !$1.isAbsent }, spans, isSound)
  }

  private func defaultTerm(_ value: Literal, of port: PortSchema) -> Term? {
    session.findings.collect { () throws(Refused) in
      Term(
        try session.isLeavingOut ? value : port.located(value, at: node.span), as: port.type,
        at: node.span)
    }
  }

  /// Of what, and where, a port's family is declared.
  func declaration(of port: PortSchema) -> (subject: String, span: SourceSpan) {
    let key = node.values.first { $0.port == port.name }?.portSpan
    return ("`\(port.name)` of `\(id)`", port.declaration ?? key ?? span(of: port.name))
  }

  /// Where a port's value is written; where the node is, when it has the default.
  func span(of port: String?) -> SourceSpan {
    guard let port else { return node.span }
    let written = node.values.first { $0.port == port }?.value.span
    return written ?? elements[port].flatMap { $0?.span } ?? node.span
  }

  /// Outputs of the declared types, of which nothing more is known: whoever uses them is not blamed
  /// for what is wrong here.
  private func unknownOutputs(of schema: NodeSchema) -> [(name: String, term: Term?)] {
    schema.outputs.map { output in
      let type = output.type.mapFamily { _ in .variable("F@\(id.path):\(output.name)") }
      let reference = OutputReference(node: id, port: output.name)
      return (output.name, Term(reference, as: type.withoutExtent, at: node.span))
    }
  }
}
