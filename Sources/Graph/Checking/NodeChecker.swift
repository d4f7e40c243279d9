/// Checks one node, or one element of a mapped node: the values of its ports, its types, and what it
/// says of its outputs.
struct NodeChecker {
  let graph: GraphChecker
  let node: NodeDeclaration
  let uses: Word
  /// What the names of `each` stand for.
  let elements: [String: Term?]
  private let id: NodeID

  private var session: CheckSession { graph.session }

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
      return schema.outputs.map { ($0.name, outputs[$0.name]) }
    }
    var types: [String: PortType]?
    if isSound { types = infer(schema, terms) }
    guard let types else { return unknownOutputs(of: schema) }
    session.nodes.append(
      CheckedNode(
        id: id, schema: schema, span: node.span, inputs: terms.mapValues(\.binding),
        inputTypes: terms.mapValues(\.type), inputSpans: spans, outputTypes: types))
    return schema.outputs.map { output in
      let reference = OutputReference(node: id, port: output.name)
      return (output.name, Term(reference, as: types[output.name] ?? output.type, at: node.span))
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
    session.graphNodes.append(
      TypedNode(
        id: id, span: node.span, inputs: document.inputs.map { ($0.name, terms[$0.name]?.type) },
        inputSpans: spans, outputs: outputs.map { ($0.name, $0.term?.type) }))
    return outputs
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

  /// The types of the outputs as far as the node can say; nil, with a finding, where it finds fault.
  private func infer(_ schema: NodeSchema, _ terms: [String: Term]) -> [String: PortType]? {
    let declared = Dictionary(
      schema.outputs.map {
        let port = $0
        return (
          port.name, session.instantiate(port.type, scope: id.path) { declaration(of: port) }
        )
      }
    ) { first, _ in first }
    var inference = Inference(
      constants: terms.compactMapValues(\.constant),
      inputs: terms.mapValues { session.families.resolve($0.unwrapped.type) },
      outputs: declared.mapValues { session.families.resolve($0) })
    do {
      try schema.infer(&inference)
      try decide(inference, declared: declared, by: chosenPath(schema, terms))
    } catch {
      if session.isLeavingOut, (error as? InferenceFailure)?.code == .unreadableFile {
        return declared
      }
      session.findings.add(finding(error, terms))
      return nil
    }
    for warning in inference.warnings { session.findings.warn(finding(warning, terms)) }
    return declared.reduce(into: [:]) { types, output in
      let inferred = inference.outputs[output.key] ?? output.value
      types[output.key] = inferred.mapFamily { output.value.family ?? $0 }
    }
  }

  /// The path of the file that says which family the node's outputs are of: where the author chose it.
  private func chosenPath(_ schema: NodeSchema, _ terms: [String: Term]) -> Term? {
    schema.inputs.lazy.filter { $0.type == .path }.compactMap { terms[$0.name] }.first
  }

  /// Takes over the families that the node itself knows. `path` is where they were chosen.
  private func decide(
    _ inference: Inference, declared: [String: PortType], by path: Term?
  ) throws {
    var families = inference.families.sorted { $0.key < $1.key }
      .map { ("\($0.key)@\(id.path)", $0.value) }
    for (port, type) in inference.outputs.sorted(by: { $0.key < $1.key }) {
      if case .known(let family)? = type.family, case .variable(let name)? = declared[port]?.family
      {
        families.append((name, family))
      }
    }
    for (variable, family) in families {
      let origin = FamilyTable.Origin(
        family: family, subject: "`\(id)`", span: path?.origin ?? node.span)
      do throws(FamilyTable.Conflict) {
        try session.families.decide(variable, origin)
      } catch {
        throw Refused(.familyConflict(error, at: node.span))
      }
    }
  }

  /// What a node's own check finds, with the places of all ports that it speaks of.
  private func finding(_ error: any Error, _ terms: [String: Term]) -> Diagnostic {
    var finding = Diagnostic.thrown(error, by: node, span: span(of:))
    guard let failure = error as? InferenceFailure else { return finding }
    if let port = failure.port, let term = terms[port], term.constant != nil,
      term.origin != finding.span, !finding.span.contains(term.origin)
    {
      finding.others = [session.label(for: term, of: port, at: term.origin)]
    }
    guard !failure.others.isEmpty else { return finding }
    let others = failure.others.compactMap { port in
      terms[port].map { session.label(for: $0, of: port, at: span(of: port)) }
    }
    let own = failure.port.flatMap { terms[$0] }.flatMap { session.sizeOrigin(of: $0) }
    finding.others += others + [own].compactMap(\.self)
    return finding
  }

  /// Of what, and where, a port's family is declared.
  private func declaration(of port: PortSchema) -> (subject: String, span: SourceSpan) {
    let key = node.values.first { $0.port == port.name }?.portSpan
    return ("`\(port.name)` of `\(id)`", port.declaration ?? key ?? span(of: port.name))
  }

  /// Where a port's value is written; where the node is, when it has the default.
  private func span(of port: String?) -> SourceSpan {
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
