extension Term {
  /// The value, given those of the nodes' outputs. Only what the value depends on is asked for. Throws
  /// `EvaluationFailure`, and `MissingOutput` for the first output that is needed and not there.
  func evaluate(_ outputs: [OutputReference: Literal]) throws -> Literal {
    switch form {
    case .constant(let literal): return literal
    case .output(let reference):
      guard let value = outputs[reference] else { throw MissingOutput(reference: reference) }
      return value
    case .list(let elements): return .list(try elements.map { try $0.evaluate(outputs) })
    case .operation(let operation, let operands):
      if operation.isLazy {
        let taken = operation.shortcut(operands, first: try operands[0].evaluate(outputs))
        if let taken { return try taken.evaluate(outputs) }
      }
      return try apply(operation, operands.map { try $0.evaluate(outputs) })
    }
  }

  /// Whether which outputs are needed depends on the values of others.
  var isLazy: Bool {
    switch form {
    case .constant, .output: false
    case .list(let elements): elements.contains(where: \.isLazy)
    case .operation(let operation, let operands):
      operation.isLazy || operands.contains(where: \.isLazy)
    }
  }

  /// The same term with everything worked out that needs no node's output.
  func folded() throws(EvaluationFailure) -> Term {
    switch form {
    case .constant, .output: return self
    case .list(let elements): return try folded(list: elements)
    case .operation(let operation, let operands) where operation.isLazy:
      return try folded(lazy: operation, operands)
    case .operation(.call(.len), let operands) where operands[0].elements != nil:
      return Term(.int(operands[0].elements?.count ?? 0), as: type, at: span)
    case .operation(let operation, let operands):
      let folded = try operands.map { (term) throws(EvaluationFailure) in try term.folded() }
      let constants = folded.compactMap(\.constant)
      guard constants.count == folded.count else {
        return Term(operation, folded, as: type, at: span)
      }
      return Term(try apply(operation, constants), as: type, at: span)
    }
  }

  private func folded(list elements: [Term]) throws(EvaluationFailure) -> Term {
    let folded = try elements.map { (term) throws(EvaluationFailure) in try term.folded() }
    let constants = folded.compactMap(\.constant)
    guard constants.count == folded.count, type.isScalar else {
      return Term(list: folded, of: type.element ?? .any, at: span)
    }
    return Term(.list(constants), as: type, at: span)
  }

  private func folded(
    lazy operation: Operation, _ operands: [Term]
  ) throws(EvaluationFailure) -> Term {
    let first = try operands[0].folded()
    if let constant = first.constant, let taken = operation.shortcut(operands, first: constant) {
      var result = try taken.folded()
      if type.isScalar { result.type = type }
      return result
    }
    // What may never be worked out must not fail here.
    let rest = operands.dropFirst().map { (try? $0.folded()) ?? $0 }
    return Term(operation, [first] + rest, as: type, at: span)
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
    switch self {
    case .conditional, .given, .binary(.and), .binary(.or): true
    default: false
    }
  }

  /// The operand that a lazy operation comes to, once its first operand is known; nil where that
  /// decides nothing.
  fileprivate func shortcut(
    _ operands: [Term], first: Literal
  ) -> Term? {
    guard case .bool(let first) = first else { return nil }
    switch self {
    case .binary(.and): return first ? operands[1] : operands[0]
    case .binary(.or): return first ? operands[0] : operands[1]
    case .conditional: return first ? operands[1] : operands[2]
    default: return nil
    }
  }
}
