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

  private func interpolated(_ expression: Expression) -> Term? {
    guard let term = term(for: expression) else { return nil }
    if term.type.isScalar { return term }
    session.findings.add(.cannotInterpolate(session.families.resolve(term.type), at: term.span))
    return nil
  }

  private func fold(_ term: Term) -> Term? {
    guard !term.isTooComplex else {
      session.findings.add(.tooComplex(at: term.span))
      return nil
    }
    do throws(EvaluationFailure) {
      let folded = try term.folded()
      guard case .operation = folded.form, !folded.type.isScalar else { return folded }
      session.findings.add(.choiceAtRunTime(session.families.resolve(folded.type), at: folded.span))
    } catch {
      session.findings.add(.evaluation(error))
    }
    return nil
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
    let types = terms.map { session.families.resolve($0.type) }
    guard let type = operation.resultType(of: types) else {
      session.findings.add(.unsuitableOperands(operation, types, terms, at: expression.span))
      return nil
    }
    let result = operation == .conditional ? terms[1].type : type
    return Term(
      operation, widened(terms, for: operation, result: type),
      as: type.isScalar ? type : result, at: expression.span)
  }

  /// Both branches of a conditional have its type.
  private func widened(_ terms: [Term], for operation: Operation, result: PortType) -> [Term] {
    guard operation == .conditional, result == .float else { return terms }
    return [terms[0]]
      + terms.dropFirst().map { term in
        term.type.isWholeNumber ? Term(.widen, [term], as: .float, at: term.span) : term
      }
  }
}
