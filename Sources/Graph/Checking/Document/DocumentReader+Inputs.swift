extension DocumentReader {
  static let inputKeys = ["type", "default", "about", "min", "max", "choices"]

  func readInput(_ entry: SyntaxEntry) -> InputDeclaration {
    checkName(entry, of: "input")
    if Self.nodeKeys.contains(entry.key) {
      findings.add(.reservedName(entry.key, at: entry.keySpan))
    }
    var port = readPort(entry)
    port?.declaration = entry.keySpan
    return InputDeclaration(name: entry.key, span: entry.keySpan, port: port)
  }

  private func readPort(_ entry: SyntaxEntry) -> PortSchema? {
    switch entry.value.content {
    case .refused: return nil
    case .mapping(let entries): return readDeclaration(SyntaxFields(entries), of: entry)
    case .scalar, .sequence:
      guard let value = inferredDefault(entry.value, of: entry.key) else { return nil }
      return PortSchema(
        name: entry.key, type: value.naturalType, about: "", presence: .defaulted(value))
    }
  }

  private func readDeclaration(_ fields: SyntaxFields, of entry: SyntaxEntry) -> PortSchema? {
    reportUnknownKeys(fields, of: "an input", allowed: Self.inputKeys)
    let about = text(fields["about"]) ?? ""
    guard let type = declaredType(fields, of: entry) else { return nil }
    var port = PortSchema(name: entry.key, type: type, about: about)
    guard readRange(fields, of: &port) else { return nil }
    guard let fallback = fields["default"] else { return port }
    guard let value = constant(fallback.value, for: port) else { return nil }
    port.presence = .defaulted(value)
    return port
  }

  private func declaredType(_ fields: SyntaxFields, of entry: SyntaxEntry) -> PortType? {
    guard let declared = fields["type"] else { return undeclaredType(fields, of: entry) }
    guard let word = word(declared) else { return nil }
    if word.text == "choice" {
      if fields["choices"] == nil { findings.add(.missingChoices(at: word.span)) }
      return choiceType(fields["choices"])
    }
    guard let type = PortType(spelled: word.text) else {
      findings.add(.unknownType(word))
      return nil
    }
    if let choices = fields["choices"] {
      if type == .text { return choiceType(choices) }
      findings.add(.misplacedLimit("choices", type: type, at: choices.keySpan))
      return nil
    }
    // Two inputs whose families are left out need not share one.
    return type.mapFamily { $0 == .variable("") ? .variable(entry.key) : $0 }
  }

  /// The type that an input without `type:` has by its choices or its default.
  private func undeclaredType(_ fields: SyntaxFields, of entry: SyntaxEntry) -> PortType? {
    if let choices = fields["choices"] { return choiceType(choices) }
    if let fallback = fields["default"] {
      return inferredDefault(fallback.value, of: "default")?.naturalType
    }
    // A misspelled `type` is not missing as well.
    let unknown = fields.entries.map(\.key).filter { !Self.inputKeys.contains($0) }
    if !unknown.contains(where: { NearMiss.of($0, in: ["type", "default"]) != nil }) {
      findings.add(.missingType(of: entry.key, at: entry.keySpan))
    }
    return nil
  }

  private func choiceType(_ entry: SyntaxEntry?) -> PortType? {
    guard let entry else { return nil }
    guard case .sequence(let elements) = entry.value.content, !elements.isEmpty else {
      findings.add(.noChoices(at: entry.value.span))
      return nil
    }
    let words = elements.compactMap { element -> String? in
      if case .scalar(let scalar) = element.content { return scalar.text }
      findings.add(.noChoices(at: element.span))
      return nil
    }
    return words.count == elements.count ? .choice(words) : nil
  }

  /// Sets the range from `min` and `max`; false, with a finding, where they make none.
  private func readRange(_ fields: SyntaxFields, of port: inout PortSchema) -> Bool {
    let limits = [fields["min"], fields["max"]].compactMap(\.self)
    guard let first = limits.first, let last = limits.last else { return true }
    guard port.type.isNumber else {
      findings.add(.misplacedLimit(first.key, type: port.type, at: first.keySpan))
      return false
    }
    guard let low = bound(fields["min"], of: port.type, otherwise: -.infinity),
      let high = bound(fields["max"], of: port.type, otherwise: .infinity)
    else { return false }
    guard low <= high else {
      findings.add(.emptyRange(at: last.value.span))
      return false
    }
    port.range = low...high
    return true
  }

  private func bound(
    _ entry: SyntaxEntry?, of type: PortType, otherwise: Double
  ) -> Double? {
    guard let entry else { return otherwise }
    let port = PortSchema(name: entry.key, type: type == .float ? .float : .int, about: "")
    return constant(entry.value, for: port)?.number
  }

  private func inferredDefault(_ node: SyntaxNode, of key: String) -> Literal? {
    switch constantForm(node, of: key) {
    case .template(.literal(let text), let isPlain):
      return inferred(text, isPlain: isPlain, at: node.span)
    case .list(let elements): return inferredList(elements, of: key, at: node.span)
    default: return nil
    }
  }

  private func inferred(_ text: String, isPlain: Bool, at span: SourceSpan) -> Literal? {
    do throws(ScalarFault) {
      return isPlain ? try Literal.inferred(fromPlain: text) : .text(text)
    } catch {
      findings.add(.scalarFault(error, text: text, port: nil, at: span))
      return nil
    }
  }

  /// A list of scalars that share a type.
  private func inferredList(
    _ elements: [WrittenValue], of key: String, at span: SourceSpan
  ) -> Literal? {
    let literals = elements.compactMap { element -> Literal? in
      guard case .template(.literal(let text), let isPlain) = element.form else { return nil }
      return inferred(text, isPlain: isPlain, at: element.span)
    }
    let type = literals.dropFirst().reduce(literals.first?.naturalType) { type, literal in
      type.flatMap { PortType.common($0, literal.naturalType) }
    }
    guard literals.count == elements.count, let type else {
      findings.add(.bareList(key, at: span))
      return nil
    }
    return Literal.list(literals).converted(to: .list(type))
  }

  private func constant(_ node: SyntaxNode, for port: PortSchema) -> Literal? {
    let value = WrittenValue(form: constantForm(node, of: port.name), span: node.span)
    let reader = ValueReader(
      folder: PathText.folder(of: source.file), findings: findings, expressions: nil)
    return reader.term(for: value, port: port)?.constant
  }

  /// A value without expressions: the value of an input must be known before anything else is.
  private func constantForm(_ node: SyntaxNode, of key: String) -> WrittenValue.Form {
    let value = readValue(node, of: key)
    guard let expression = value.expressions.first else { return value.form }
    findings.add(.expressionInInput(at: expression.span))
    return .refused
  }
}
