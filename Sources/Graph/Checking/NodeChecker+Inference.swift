/// What a node says of itself when it is checked.
extension NodeChecker {
  /// What a node says of its outputs, by port.
  struct Outlook {
    var types: [String: PortType]
    /// Of those whose values are known already.
    var values: [String: Literal] = [:]
  }

  /// What the node can say of its outputs; nil, with a finding, where it finds fault.
  func infer(_ schema: NodeSchema, _ terms: [String: Term]) -> Outlook? {
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
      outputs: declared.mapValues { session.families.resolve($0) },
      lengths: terms.compactMapValues(\.unwrapped.length),
      handles: terms.compactMapValues { session.handle($0) })
    do {
      try schema.infer(&inference)
      try decide(inference, declared: declared, of: schema, terms)
    } catch {
      if session.needsNoFiles, (error as? InferenceFailure)?.code == .unreadableFile {
        return Outlook(types: declared)
      }
      session.findings.add(finding(error, terms))
      return nil
    }
    noteHandles(inference, of: schema)
    for warning in inference.warnings { session.findings.warn(finding(warning, terms)) }
    let types = declared.reduce(into: [String: PortType]()) { types, output in
      let inferred = inference.outputs[output.key] ?? output.value
      types[output.key] = inferred.mapFamily { output.value.family ?? $0 }
    }
    return Outlook(types: types, values: inference.values)
  }

  /// Remembers what is known of the node's conditionings and other handles.
  private func noteHandles(_ inference: Inference, of schema: NodeSchema) {
    for port in schema.outputs {
      guard case .handle(let handle, _) = port.type else { continue }
      let given = handle == .conditioning ? inference.handles.values : nil
      session.handles[OutputReference(node: id, port: port.name)] =
        inference.outputHandles[port.name] ?? given.map { HandleFacts(combining: $0) }
    }
  }

  /// The path of the file that says which family the node's outputs are of: where the author chose it.
  private func chosenPath(_ schema: NodeSchema, _ terms: [String: Term]) -> Term? {
    schema.inputs.lazy.filter { $0.type == .path }.compactMap { terms[$0.name] }.first
  }

  /// Takes over the families that the node itself knows.
  private func decide(
    _ inference: Inference, declared: [String: PortType], of schema: NodeSchema,
    _ terms: [String: Term]
  ) throws {
    var families = inference.families.sorted { $0.key < $1.key }
      .map { ("\($0.key)@\(id.path)", $0.value) }
    for port in schema.outputs {
      if case .known(let family)? = inference.outputs[port.name]?.family,
        case .variable(let name)? = declared[port.name]?.family
      {
        families.append((name, family))
      }
    }
    let path = families.isEmpty ? nil : chosenPath(schema, terms)
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
}
