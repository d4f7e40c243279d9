/// Reads what was written for a port as a term of the port's type.
struct ValueReader {
  /// Paths are relative to this.
  let folder: String
  let findings: Findings
  /// What looks names up; nil where expressions have been refused already.
  let expressions: ExpressionChecker?

  /// The term, nil, with a finding, where the value does not fit the port.
  func term(for value: WrittenValue, port: PortSchema) -> Term? {
    switch value.form {
    case .refused: return nil
    case .template(let template, let isPlain):
      return term(for: template, isPlain: isPlain, port: port, at: value.span)
    case .list(let elements):
      if case .list(let type) = port.type {
        return list(elements, of: type, port: port, at: value.span)
      }
    case .fields(let fields):
      if port.type == .size { return size(fields, at: value.span) }
    }
    let canBeMapped =
      expressions != nil && port.type != .size && !DocumentReader.nodeKeys.contains(port.name)
    findings.add(.wrongForm(value, port: port, canBeMapped: canBeMapped))
    return nil
  }

  private func term(
    for template: Template, isPlain: Bool, port: PortSchema, at span: SourceSpan
  ) -> Term? {
    switch template {
    case .literal(let text): return constant(text, isPlain: isPlain, port: port, at: span)
    case .expression(let expression):
      guard let term = expressions?.term(for: expression) else { return nil }
      return expressions?.fit(term, to: port, at: expression.span)
    case .text(let parts):
      guard let joined = expressions?.join(parts, at: span) else { return nil }
      guard case .text(let text)? = joined.constant, port.type != .text else {
        return expressions?.fit(joined, to: port, at: span)
      }
      if port.type == .path, let start = leadingPath(parts) {
        return path(text, from: start, port: port, at: span)
      }
      return constant(text, isPlain: false, port: port, at: span)
    }
  }

  private func constant(
    _ text: String, isPlain: Bool, port: PortSchema, at span: SourceSpan
  ) -> Term? {
    if !port.type.isScalar {
      findings.add(.textForReference(text, port: port, scope: expressions?.scope, at: span))
      return nil
    }
    return findings.collect { () throws(Refused) in
      let literal = try port.constant(text, isPlain: isPlain, folder: folder, at: span)
      if findings.takesWarnings,
        let warning = OutsideFolderRule.finding(for: literal, at: span)
      {
        findings.warn(warning)
      }
      return Term(try located(literal, by: port, at: span), as: port.type, at: span)
    }
  }

  private func leadingPath(_ parts: [Template.Part]) -> FilePathLiteral? {
    guard case .expression(let first)? = parts.first,
      case .path(let path)? = expressions?.term(for: first)?.constant
    else { return nil }
    return path
  }

  /// A text that begins with a path goes on from where that path leads.
  private func path(
    _ text: String, from start: FilePathLiteral, port: PortSchema, at span: SourceSpan
  ) -> Term? {
    let path = FilePathLiteral(
      written: text, resolved: start.resolved + text.dropFirst(start.written.count),
      folder: start.folder)
    return findings.collect { () throws(Refused) in
      Term(try located(.path(path), by: port, at: span), as: .path, at: span)
    }
  }

  /// What is left out of a run need not be there.
  private func located(
    _ value: Literal, by port: PortSchema, at span: SourceSpan
  ) throws(Refused) -> Literal {
    if expressions?.session.isLeavingOut ?? false { return value }
    return try port.located(value, at: span)
  }

  private func list(
    _ elements: [WrittenValue], of type: PortType, port: PortSchema, at span: SourceSpan
  ) -> Term? {
    var element = port
    element.type = type
    element.presence = .required
    let terms = elements.compactMap { term(for: $0, port: element) }
    guard terms.count == elements.count else { return nil }
    return try? Term(list: terms, of: .shared(by: terms) ?? type, at: span).folded()
  }

  /// A plain scalar as the value that it has by itself.
  func inferred(_ text: String, at span: SourceSpan) -> Term? {
    do throws(ScalarFault) {
      let value = try Literal.inferred(fromPlain: text)
      return Term(value, as: value.naturalType, at: span)
    } catch {
      findings.add(.scalarFault(error, text: text, port: nil, at: span))
      return nil
    }
  }

  private func size(_ fields: [(key: Word, value: WrittenValue)], at span: SourceSpan) -> Term? {
    var sides: [String: Term] = [:]
    for (key, value) in fields {
      guard ["width", "height"].contains(key.text) else {
        findings.add(
          .unknownKey(key.text, of: "a size", allowed: ["width", "height"], at: key.span))
        return nil
      }
      let side = PortSchema(name: key.text, type: .int, about: "", range: 1...65_536)
      guard let term = term(for: value, port: side) else { return nil }
      sides[key.text] = term
    }
    guard let width = sides["width"], let height = sides["height"] else {
      findings.add(.incompleteSize(at: span))
      return nil
    }
    return try? Term(.makeSize, [width, height], as: .size, at: span).folded()
  }
}
