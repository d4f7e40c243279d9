extension CheckSession {
  /// Checks the graph that the user named; nil where an input has no value.
  func check(
    _ document: GraphDocument, overrides: [(name: String, text: String)],
    purpose: Checker.Purpose
  ) -> CheckedGraph? {
    let values = inputValues(of: document, overrides: overrides, purpose: purpose)
    // A path such as `./a.yaml` and what `uses:` makes of it are the same file.
    let file = PathText.join("", document.source.file)
    var checker = GraphChecker(session: self, document: document, prefix: "", files: [file])
    let outputs = checker.check(inputs: values)
    let inputs = document.inputs.compactMap { checkedInput($0, values[$0.name]) }
    for index in typedNodes.indices { typedNodes[index].resolve { families.resolve($0) } }
    return CheckedGraph(
      file: document.source.file, title: document.title, about: document.about, inputs: inputs,
      nodes: numbered(nodes.map(resolved)),
      outputs: zip(document.outputs, outputs).compactMap { checkedOutput($0, $1.term) })
  }

  private func inputValues(
    of document: GraphDocument, overrides: [(name: String, text: String)],
    purpose: Checker.Purpose
  ) -> [String: Term] {
    let set = readOverrides(overrides, of: document)
    let overridden = Set(overrides.map(\.name))
    var values: [String: Term] = [:]
    for input in document.inputs {
      guard let port = input.port else { continue }
      if overridden.contains(input.name) {
        values[input.name] = set[input.name].map { Term($0, as: port.type, at: input.span) }
      } else if let fallback = input.fallback {
        values[input.name] = Term(fallback, as: port.type, at: input.span)
      } else if purpose == .run {
        findings.add(.missingInput(port, at: input.span))
      } else {
        // Something of the declared type, about which nothing more is known.
        let type = instantiate(port.type, scope: input.name) { ("`\(input.name)`", input.span) }
        let reference = OutputReference(node: NodeID(input.name), port: input.name)
        openInputs[reference] = input.span
        values[input.name] = Term(reference, as: type, at: input.span)
      }
    }
    return values
  }

  private func readOverrides(
    _ overrides: [(name: String, text: String)], of document: GraphDocument
  ) -> [String: Literal] {
    let inputs = Dictionary(document.inputs.map { ($0.name, $0) }) { first, _ in first }
    var values: [String: Literal] = [:]
    for (name, text) in overrides {
      guard let input = inputs[name] else {
        findings.add(
          .unknownInput(name, inputs: document.inputs.map(\.name), at: document.source.start))
        continue
      }
      guard let port = input.port else { continue }
      do throws(Refused) {
        values[name] = try port.override(text, at: input.span)
      } catch {
        findings.add(error.finding.about(override: name, text: text))
      }
    }
    return values
  }

  private func checkedInput(_ input: InputDeclaration, _ term: Term?) -> CheckedInput? {
    guard let port = input.port else { return nil }
    return CheckedInput(
      name: input.name, type: term.map { families.resolve($0.type) } ?? port.type,
      value: term?.constant,
      about: port.about.isEmpty ? nil : port.about,
      span: input.span)
  }

  private func checkedOutput(_ output: OutputDeclaration, _ term: Term?) -> CheckedOutput? {
    guard let term, !term.isAbsent else { return nil }
    return CheckedOutput(
      name: output.name, binding: term.binding, type: families.resolve(term.type),
      span: output.span)
  }

  private func resolved(_ node: CheckedNode) -> CheckedNode {
    var node = node
    node.inputTypes = node.inputTypes.mapValues { families.resolve($0) }
    node.outputTypes = node.outputTypes.mapValues { families.resolve($0) }
    return node
  }
}
