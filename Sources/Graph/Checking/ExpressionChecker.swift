/// Gives expressions their types, and works out what is constant in them.
struct ExpressionChecker {
  let scope: Scope
  let session: CheckSession

  /// The term; nil, with a finding, where the expression is wrong, and nil without one where
  /// something that it refers to is.
  func term(for expression: Expression) -> Term? {
    guard let term = typed(expression) else { return nil }
    return fold(term)
  }

  /// A text with expressions in it.
  func join(_ parts: [Template.Part], at span: SourceSpan) -> Term? {
    let terms = parts.compactMap { part in
      switch part {
      case .text(let text): Term(.text(text), as: .text, at: span)
      case .expression(let expression): interpolated(expression)
      }
    }
    return terms.count == parts.count ? fold(Term(.join, terms, as: .text, at: span)) : nil
  }

  /// A list of terms, each known by itself; nil, with a finding, where they are of different types, and
  /// without one where an element is wrong.
  ///
  /// - Parameter mayBeMissing: Whether elements may be missing; whoever takes the list then may not.
  func list(_ elements: [Term?], at span: SourceSpan, mayBeMissing: Bool = false) -> Term? {
    let terms = elements.compactMap(\.self)
    guard terms.count == elements.count else { return nil }
    let types = terms.map { session.families.resolve($0.type) }
    if !mayBeMissing, let missing = terms.first(where: { $0.type.wrapped != nil }) {
      session.findings.add(.mayBeMissing(missing, port: nil, at: missing.span))
      return nil
    }
    let common = types.dropFirst().reduce(types.first) { common, type in
      common.flatMap { PortType.common($0, type) }
    }
    guard let common else {
      let different = types.reduce(into: [PortType]()) { if !$0.contains($1) { $0.append($1) } }
      if !terms.isEmpty { session.findings.add(.mixedList(different, at: span)) }
      return terms.isEmpty ? Term(list: [], of: .any, at: span) : nil
    }
    let element = shared(common, by: terms, types, at: span)
    return fold(Term(list: terms.map { $0.widened(to: common) }, of: element, at: span))
  }

  /// The type with a variable for the family that the terms share, or for none in particular where they
  /// are of different ones.
  private func shared(
    _ type: PortType, by terms: [Term], _ types: [PortType], at span: SourceSpan
  ) -> PortType {
    let families = types.reduce(into: Set<FamilyTerm>()) { families, type in
      if case .known? = type.family { families.insert(type.family ?? .variable("")) }
    }
    return type.mapFamily { family in
      families.count > 1
        ? .variable("mixed@\(span.file):\(span.bytes.lowerBound)")
        : terms.first?.type.family ?? family
    }
  }

  private func interpolated(_ expression: Expression) -> Term? {
    guard let term = term(for: expression) else { return nil }
    if term.type.isScalar {
      if let warning = ListInTextRule.finding(for: term) { session.findings.warn(warning) }
      return term
    }
    if term.type.wrapped != nil {
      session.findings.add(.mayBeMissing(term, port: nil, at: term.span))
      return nil
    }
    session.findings.add(.cannotInterpolate(session.families.resolve(term.type), at: term.span))
    return nil
  }

  private func fold(_ term: Term) -> Term? {
    guard !term.isTooComplex else {
      session.findings.add(.tooComplex(at: term.span))
      return nil
    }
    guard term.constant != nil || !session.hasOverspent else { return nil }
    do throws(EvaluationFailure) {
      let folded = try term.folded()
      guard term.constant != nil || session.spend(folded.constant?.weight ?? 0, at: term.span)
      else { return nil }
      return folded
    } catch {
      session.findings.add(.evaluation(error))
      return nil
    }
  }

  private func typed(_ expression: Expression) -> Term? {
    switch expression.form {
    case .literal(let literal):
      return Term(literal, as: literal.naturalType, at: expression.span)
    case .reference(let reference): return resolve(reference)
    case .unary(let unary, let operand):
      return apply(.unary(unary), to: [operand], of: expression)
    case .binary(let binary, let left, let right):
      return apply(.binary(binary), to: [left, right], of: expression)
    case .call(let function, let arguments):
      return apply(.call(function), to: arguments, of: expression)
    case .conditional(let condition, let then, let otherwise):
      return apply(.conditional, to: [condition, then, otherwise], of: expression)
    }
  }

  private func apply(
    _ operation: Operation, to operands: [Expression], of expression: Expression
  ) -> Term? {
    let terms = operands.compactMap { typed($0) }
    guard terms.count == operands.count else { return nil }
    if operation == .binary(.orElse), terms[0].type.wrapped == nil {
      session.findings.warn(.needlessDefault(at: operands[0].span))
      return terms[0]
    }
    guard areThere(operation.isChoice ? Array(terms.prefix(1)) : terms, for: operation) else {
      return nil
    }
    let types = terms.map { session.families.resolve($0.type) }
    guard let type = operation.resultType(of: types) else {
      session.findings.add(.unsuitableOperands(operation, types, terms, at: expression.span))
      return nil
    }
    guard isKnown(operation, terms) else {
      session.findings.add(.noStaticList(types[0], at: expression.span))
      return nil
    }
    return operation.isChoice
      ? choice(operation, terms, type, at: expression.span)
      : Term(operation, terms, as: type, at: expression.span)
  }

  /// The length of a list that a node puts out is not known before the run.
  private func isKnown(_ operation: Operation, _ terms: [Term]) -> Bool {
    guard operation == .call(.len), !terms[0].type.isScalar else { return true }
    return terms[0].elements != nil
  }

  /// Nothing can be reckoned with what may be missing; `??` is for just that.
  private func areThere(_ terms: [Term], for operation: Operation) -> Bool {
    guard operation != .binary(.orElse), let term = terms.first(where: { $0.type.wrapped != nil })
    else { return true }
    session.findings.add(.mayBeMissing(term, port: nil, at: term.span))
    return false
  }

  /// One of two values, which share a type and a family.
  private func choice(
    _ operation: Operation, _ terms: [Term], _ type: PortType, at span: SourceSpan
  ) -> Term? {
    let sides = terms.suffix(2).map { $0.widened(to: type) }
    guard let type = unified(sides, as: type, at: span) else { return nil }
    if operation == .conditional { return Term(operation, [terms[0]] + sides, as: type, at: span) }
    return sides[0].orElse(sides[1], as: type, at: span)
  }

  /// The type with the family that both sides have; nil, with a finding, where they differ.
  private func unified(_ sides: [Term], as type: PortType, at span: SourceSpan) -> PortType? {
    let families = sides.flatMap(\.families)
    guard let first = families.first else { return type }
    do throws(FamilyTable.Conflict) {
      for family in families.dropFirst() { try session.families.unify(family, first) }
      return type.mapFamily { _ in .variable(first) }
    } catch {
      session.findings.add(.familyChoice(error, at: span))
      return nil
    }
  }
}

extension Operation {
  /// Whether the result is one of the last two operands.
  fileprivate var isChoice: Bool { self == .conditional || self == .binary(.orElse) }
}

extension Term {
  /// The variables of the families of what it is made of.
  fileprivate var families: [String] {
    (unwrapped.elements ?? [self]).compactMap { term in
      if case .variable(let name)? = term.type.family { name } else { nil }
    }
  }

  /// The term as a value of a type that it shares with others: a whole number as a float.
  func widened(to type: PortType) -> Term {
    guard (type.wrapped ?? type) == .float, unwrapped.type.isWholeNumber else { return self }
    let value = Term(.widen, [unwrapped], as: .float, at: span)
    return presence.map { value.given($0) } ?? value
  }
}
