extension Term {
  /// The value, given those of the nodes' outputs.
  func evaluate(_ outputs: [OutputReference: Literal]) throws(EvaluationFailure) -> Literal {
    switch form {
    case .constant(let literal): return literal
    case .output(let reference):
      guard let value = outputs[reference] else { throw failure(.unsuitable) }
      return value
    case .operation(let operation, let operands):
      if let taken = try shortcut(
        operation, operands,
        value: { (term) throws(EvaluationFailure) in
          try term.evaluate(outputs)
        })
      {
        return try taken.evaluate(outputs)
      }
      return try apply(
        operation,
        operands.map { (term) throws(EvaluationFailure) in
          try term.evaluate(outputs)
        })
    }
  }

  /// The same term with everything worked out that needs no node's output.
  func folded() throws(EvaluationFailure) -> Term {
    guard case .operation(let operation, let operands) = form else { return self }
    let value = { (term: Term) throws(EvaluationFailure) in try term.folded().constant }
    if let taken = try shortcut(operation, operands, value: value) {
      var result = try taken.folded()
      if type.isScalar { result.type = type }
      return result
    }
    if operation.isLazy {
      // What may never be worked out must not fail here.
      return Term(operation, operands.map { (try? $0.folded()) ?? $0 }, as: type, at: span)
    }
    let folded = try operands.map { (term) throws(EvaluationFailure) in try term.folded() }
    let constants = folded.compactMap(\.constant)
    guard constants.count == folded.count else {
      return Term(operation, folded, as: type, at: span)
    }
    return Term(try apply(operation, constants), as: type, at: span)
  }

  /// The operand that a lazy operation comes to, once enough is known of its first operand.
  private func shortcut(
    _ operation: Operation, _ operands: [Term],
    value: (Term) throws(EvaluationFailure) -> Literal?
  ) throws(EvaluationFailure) -> Term? {
    guard operation.isLazy, case .bool(let first)? = try value(operands[0]) else { return nil }
    switch operation {
    case .binary(.and): return first ? operands[1] : operands[0]
    case .binary(.or): return first ? operands[0] : operands[1]
    default: return first ? operands[1] : operands[2]
    }
  }

  private func apply(
    _ operation: Operation, _ operands: [Literal]
  ) throws(EvaluationFailure) -> Literal {
    do throws(ArithmeticFault) {
      return try operation.apply(operands)
    } catch {
      throw failure(error)
    }
  }

  private func failure(_ fault: ArithmeticFault) -> EvaluationFailure {
    EvaluationFailure(fault.description, at: span)
  }
}

extension Operation {
  /// Whether the first operand decides which of the others is worked out.
  fileprivate var isLazy: Bool {
    self == .conditional || self == .binary(.and) || self == .binary(.or)
  }
}
