extension Diagnostic {
  static func unknownNode(_ word: Word, catalog: NodeCatalog) -> Diagnostic {
    Diagnostic(
      .unknownNode, "there is no node \(quoted(word.text))", at: word.span,
      label: didYouMean(word.text, catalog.schemas.lazy.map(\.name)),
      help: "`easel nodes` lists them; a graph's file begins with `./` or `graphs/`")
  }

  static func graphWithoutFolder(_ word: Word) -> Diagnostic {
    Diagnostic(
      .unknownGraph, "\(quoted(word.text)) is neither a node nor a graph", at: word.span,
      help: "write `./\(word.text)` for a file beside this one, or `graphs/name`")
  }

  static func unknownGraph(_ word: Word, folders: [String]) -> Diagnostic {
    let places = folders.isEmpty ? "no folder of graphs is known" : "looked in \(listed(folders))"
    return Diagnostic(
      .unknownGraph, "there is no graph \(quoted(word.text))", at: word.span, notes: [places],
      help: "a file of your own is named by its path, such as `./other.yaml`")
  }

  static func recursiveGraph(_ files: [String], at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .recursiveGraph, "a graph cannot use itself", at: span,
      notes: [files.map { "`\($0)`" }.joined(separator: " uses ")],
      help: "take this node out, or let it use another graph")
  }

  static func unknownPort(
    _ port: String, of kind: String, ports: [String], at span: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      .unknownPort, "`\(kind)` has no input \(quoted(port))", at: span,
      label: didYouMean(port, ports),
      help: ports.isEmpty
        ? "\(kind) takes no inputs" : "\(kind) takes \(ports.joined(separator: ", "))")
  }

  static func missingPort(_ port: PortSchema, of kind: String, node: NodeDeclaration) -> Diagnostic
  {
    let example = port.type.isScalar ? "\(port.name): ..." : "\(port.name): ${...}"
    return Diagnostic(
      .missingPort, "the node \(quoted(node.name)) lacks the input `\(port.name)`", at: node.span,
      help: "add `\(example)`, \(article(port.type)), which `\(kind)` needs")
  }

  static func unknownReference(_ reference: Reference, in scope: Scope) -> Diagnostic {
    let name = reference.name
    let beforeDash = name.lastIndex(of: "-").map { String(name[..<$0]) }
    let isDifference = beforeDash.map { scope[$0] != nil } ?? false
    return Diagnostic(
      .unknownReference, "there is no input and no node \(quoted(name))", at: reference.nameSpan,
      label: isDifference ? "put spaces around `-` to subtract" : didYouMean(name, scope.names),
      help: scope.names.isEmpty || scope.names.count > 12
        ? "declare it under `inputs:` or `nodes:`"
        : "the names here are \(scope.names.joined(separator: ", "))")
  }

  static func sharedElement(_ name: String, at span: SourceSpan, first: SourceSpan) -> Diagnostic {
    Diagnostic(
      .sharedName, "\(quoted(name)) stands twice under `each`", at: span,
      others: [Label(span: first, text: "the first")], help: "rename one of them")
  }

  static func inputHasNoOutputs(_ reference: Reference, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .unknownOutput, "`\(reference.name)` is an input, and has no outputs", at: span,
      help: "write ${\(reference.name)}")
  }

  static func unknownOutput(
    _ reference: Reference, _ output: String, outputs: [String]
  ) -> Diagnostic {
    let name = reference.name
    return Diagnostic(
      .unknownOutput, "`\(name)` has no output \(quoted(output))",
      at: reference.outputSpan ?? reference.span, label: didYouMean(output, outputs),
      help: outputs.isEmpty ? "it has no outputs" : "\(name) puts out \(listed(outputs))")
  }

  static func ambiguousReference(_ reference: Reference, outputs: [String]) -> Diagnostic {
    let name = reference.name
    guard !outputs.isEmpty else {
      return Diagnostic(.unknownOutput, "`\(name)` has no outputs", at: reference.span)
    }
    return Diagnostic(
      .ambiguousReference, "`\(name)` has several outputs", at: reference.span,
      help: "write \(listed(outputs.map { "${\(name).\($0)}" }, "or"))")
  }

  static func cycle(_ names: [String], at span: SourceSpan) -> Diagnostic {
    let path = (names + names.prefix(1)).map { "`\($0)`" }.joined(separator: " needs ")
    return Diagnostic(
      .cycle,
      names.count == 1
        ? "the node `\(names[0])` needs its own output" : "these nodes need each other", at: span,
      notes: names.count == 1 ? [] : [path],
      help: "let one of them take its value from elsewhere")
  }

  static func unknownInput(_ name: String, inputs: [String], at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .unknownInput, "--set \(name)=...: the graph has no input \(quoted(name))", at: span,
      label: didYouMean(name, inputs),
      help: inputs.isEmpty ? "it has no inputs" : "its inputs are \(listed(inputs))")
  }

  static func missingInput(_ port: PortSchema, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .missingInput, "the input `\(port.name)` has no value", at: span,
      help: port.type.isScalar
        ? "set it with `--set \(port.name)=...`, or give it a `default:`"
        : "only a graph that uses this one can give it \(article(port.type))")
  }

  /// The same finding about a value that was set from outside.
  func about(override name: String, text: String) -> Diagnostic {
    var finding = self
    finding.message = "--set \(name)=\(text): " + finding.message
    return finding
  }
}
