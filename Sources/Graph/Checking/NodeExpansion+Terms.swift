extension NodeExpansion {
  /// The outputs, by port; nil where it is not known what is in the list. Throws the finding.
  func outputs(
    _ inputs: [String: Term], _ expressions: ExpressionChecker, at span: SourceSpan
  ) throws(Refused) -> [String: Term]? {
    guard let elements = inputs["list"]?.elements else { return nil }
    switch self {
    case .count: return ["count": Term(.int(elements.count), as: .int, at: span)]
    case .pick:
      guard let index = inputs["index"] else { return nil }
      let element = try Self.pick(index, from: elements, expressions)
      return element.map { ["element": $0] }
    }
  }

  private static func pick(
    _ index: Term, from elements: [Term], _ expressions: ExpressionChecker
  ) throws(Refused) -> Term? {
    guard !elements.isEmpty else { throw Refused(.emptyPick(at: index.span)) }
    if case .int(let number)? = index.constant {
      guard elements.indices.contains(number - 1) else {
        throw Refused(.pickOutside(number, count: elements.count, at: index.span))
      }
      return elements[number - 1]
    }
    return choice(of: elements, by: index, expressions)
  }

  /// The element that the run says: one condition after the other, so that no other is computed.
  private static func choice(
    of elements: [Term], by index: Term, _ expressions: ExpressionChecker
  ) -> Term? {
    guard let list = expressions.list(elements, at: index.span), let type = list.type.element,
      let last = elements.last
    else { return nil }
    let number = Term(
      .bounded(1...Double(elements.count)), [index], as: .int, at: index.span)
    return zip(1..., elements).dropLast().reversed().reduce(last) { rest, element in
      let condition = Term(
        .binary(.equal), [number, Term(.int(element.0), as: .int, at: index.span)], as: .bool,
        at: index.span)
      return Term(.conditional, [condition, element.1, rest], as: type, at: index.span)
    }
  }
}
