extension Diagnostic {
  /// A scalar that does not fit a port, or (without a port) is no value at all.
  static func scalarFault(
    _ fault: ScalarFault, text: String, port: PortSchema?, at span: SourceSpan
  ) -> Diagnostic {
    let name = port?.name ?? "this"
    switch (fault, port?.type) {
    case (.tooLarge, _):
      return Diagnostic(
        .outOfRange, "the number \(quoted(text)) is too large", at: span,
        help: "whole numbers go up to \(Int.max), others up to 1.8e308")
    case (.wrongType(.int), .seed?):
      return Diagnostic(
        .outOfRange, "`\(name)` cannot be \(text)", at: span, help: "it takes numbers from 0 up")
    case (.unknownWord, .choice(let words)?):
      return Diagnostic(
        .invalidValue, "`\(name)` cannot be \(quoted(text))", at: span,
        label: didYouMean(text, words), help: PortType.choice(words).advice)
    case (.malformed(let example), let type?):
      return Diagnostic(
        .invalidValue, "`\(name)` takes \(article(type)), and \(quoted(text)) is none", at: span,
        help: "write it like `\(example)`")
    case (.wrongType(let found), let wanted?):
      return Diagnostic(
        .typeMismatch, "`\(name)` takes \(article(wanted)), not the \(found) \(quoted(text))",
        at: span, help: wanted.advice(insteadOf: text, found))
    default:
      return Diagnostic(
        .invalidValue, "\(quoted(text)) is no value for `\(name)`", at: span,
        help: port?.type.advice)
    }
  }

  static func outOfRange(
    _ value: Literal, port: PortSchema, range: ClosedRange<Double>, at span: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      .outOfRange, "`\(port.name)` cannot be \(value.spelledNumber)", at: span,
      help: "it takes \(range.sentence)")
  }

  /// A value of a form that the port does not take, such as a list.
  static func wrongForm(
    _ value: WrittenValue, port: PortSchema, canBeMapped: Bool
  ) -> Diagnostic {
    var (found, help) = ("a mapping", port.type.advice)
    if case .list = value.form {
      found = "a list"
      if canBeMapped {
        help = "to map the node over the list, write `each: { \(port.name): [...] }`"
      }
    }
    return Diagnostic(
      .typeMismatch, "`\(port.name)` takes \(article(port.type)), not \(found)", at: value.span,
      help: help)
  }

  static func incompleteSize(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .missingKey, "a size has a width and a height", at: span,
      help: "write `{ width: 512, height: 768 }` or `512x768`")
  }

  static func textForReference(
    _ text: String, port: PortSchema, scope: Scope?, at span: SourceSpan
  ) -> Diagnostic {
    let name = text.split(separator: ".").first.map(String.init) ?? text
    let isName = scope?.means(text) ?? false
    let suggestion = name == text ? scope?.spelling(of: name) ?? text : text
    return Diagnostic(
      .typeMismatch, "`\(port.name)` takes \(article(port.type)), not the text \(quoted(text))",
      at: span,
      help: isName ? "write ${\(suggestion)}" : "refer to what a node puts out: ${node.output}")
  }

  /// A value that does not fit: `sibling` is an output of the same node that would, `converters` are
  /// kinds of node that turn the one into the other.
  static func typeMismatch(
    found: PortType, port: PortSchema, wanted: PortType, sibling: String?, converters: [String],
    at span: SourceSpan
  ) -> Diagnostic {
    let conversion =
      converters.isEmpty || found.isList(of: wanted)
      ? nil
      : "\(listed(converters.map { "`\($0)`" }, "or")) makes \(article(wanted.withoutExtent)) "
        + "from \(article(found.withoutExtent))"
    return Diagnostic(
      .typeMismatch, "`\(port.name)` takes \(article(wanted)), not \(article(found))", at: span,
      label: "this is \(article(found))",
      help: sibling.map { "write ${\($0)}" } ?? conversion ?? wanted.advice(insteadOf: found))
  }

  /// `origin` is where the size comes from.
  static func sizeMismatch(
    found: Extent, from origin: Label?, port: PortSchema, wanted: Extent, at span: SourceSpan
  ) -> Diagnostic {
    let declared = port.declaration.map {
      Label(span: $0, text: "`\(port.name)` is declared with the size \(wanted)")
    }
    return Diagnostic(
      .sizeMismatch, "`\(port.name)` takes a size of \(wanted), not \(found)", at: span,
      label: "this is \(found)", others: [declared, origin].compactMap(\.self),
      help: "resize it before, with `resize-image`")
  }

  static func familyMismatch(
    _ conflict: FamilyTable.Conflict, found: PortType, port: PortSchema, at span: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      .familyMismatch,
      "`\(port.name)` must be of the family \(conflict.wanted.family), not \(conflict.found.family)",
      at: span, label: "this is \(article(found))", others: conflict.labels,
      help: "use parts of one checkpoint together")
  }

  static func familyConflict(_ conflict: FamilyTable.Conflict, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .familyMismatch,
      "this is of the family \(conflict.found.family), and used as \(conflict.wanted.family)",
      at: span, others: conflict.labels, help: "use parts of one checkpoint together")
  }

  /// Two branches of a choice, or a value and its default.
  static func familyChoice(_ conflict: FamilyTable.Conflict, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .familyMismatch,
      "one of the two is of the family \(conflict.wanted.family), the other of \(conflict.found.family)",
      at: span, others: conflict.labels, help: "choose between parts of one family")
  }

  /// What a node's own check threw. `span` gives the place of a port's value.
  static func thrown(
    _ error: any Error, by node: NodeDeclaration, span: (String?) -> SourceSpan
  ) -> Diagnostic {
    switch error {
    case let refused as Refused: refused.finding
    case let failure as InferenceFailure: inference(failure, at: span(failure.port))
    default: Diagnostic(.invalidValue, "`\(node.name)`: \(error)", at: node.span)
    }
  }

  static func inference(_ failure: InferenceFailure, at span: SourceSpan) -> Diagnostic {
    Diagnostic(failure.code, failure.message, at: span, help: failure.help)
  }

  static func unknownType(_ word: Word) -> Diagnostic {
    Diagnostic(
      .unknownType, "there is no type \(quoted(word.text))", at: word.span,
      label: didYouMean(word.text, PortType.names + ["choice"]),
      help: "the types are \(listed(PortType.names + ["choice"]))")
  }
}

extension FamilyTable.Conflict {
  fileprivate var labels: [Diagnostic.Label] {
    [wanted, found].map { origin in
      Diagnostic.Label(
        span: origin.span, text: "\(origin.subject) is of the family \(origin.family)")
    }
  }
}

extension Literal {
  /// A number as its author would write it: a whole one without a point.
  fileprivate var spelledNumber: String {
    if case .float(let value) = self, let whole = Int(exactly: value) { return String(whole) }
    return display
  }
}

extension ClosedRange<Double> {
  fileprivate var sentence: String {
    let ends = [lowerBound, upperBound].map { Int(exactly: $0).map(String.init) ?? "\($0)" }
    if upperBound == .infinity { return "numbers from \(ends[0]) up" }
    if lowerBound == -.infinity { return "numbers up to \(ends[1])" }
    return "numbers from \(ends[0]) to \(ends[1])"
  }
}
