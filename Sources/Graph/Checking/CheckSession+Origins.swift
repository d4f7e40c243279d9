/// Where sizes come from.
extension CheckSession {
  /// Where the term's size comes from: the node that brought it in, or the input that is declared with it.
  /// Nil where the term is of no known size.
  func sizeOrigin(of term: Term) -> Diagnostic.Label? {
    let type = families.resolve(term.unwrapped.type)
    guard let extent = type.extent, extent != .unknown,
      let start = reference(in: term.binding, of: extent)
    else { return nil }
    let origin = origin(of: extent, from: start)
    let place = node(origin.node)?.span ?? openInputs[origin] ?? term.span
    return Diagnostic.Label(span: place, text: "`\(origin.node)` is \(extent)")
  }

  /// What to say of a port's value beside a finding: where its size comes from, or what it is.
  func label(for term: Term, of port: String, at span: SourceSpan) -> Diagnostic.Label {
    sizeOrigin(of: term)
      ?? Diagnostic.Label(
        span: span, text: "`\(port)` is \(Diagnostic.described(term, families.resolve(term.type)))")
  }

  /// Goes back as long as a node has an input of the size that it puts out.
  private func origin(of extent: Extent, from start: OutputReference) -> OutputReference {
    var origin = start
    while let node = node(origin.node),
      let earlier = node.schema.inputs.lazy.compactMap({ port in
        node.inputs[port.name].flatMap { self.reference(in: $0, of: extent) }
      }).first
    {
      origin = earlier
    }
    return origin
  }

  /// The output of this size that a value comes from.
  private func reference(in binding: Binding, of extent: Extent) -> OutputReference? {
    switch binding {
    case .output(let reference):
      guard let node = node(reference.node) else {
        return openInputs[reference] == nil ? nil : reference
      }
      return node.outputTypes[reference.port]?.extent == extent ? reference : nil
    case .choice(_, let first, let second):
      return reference(in: first, of: extent)
        ?? second.flatMap { reference(in: $0, of: extent) }
    case .constant, .computed, .list: return nil
    }
  }
}
