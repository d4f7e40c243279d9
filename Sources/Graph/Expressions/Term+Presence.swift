/// Values that may be missing. Which they are is a matter of terms alone: a value is bound to its presence
/// by `given`, and `??` takes the two apart again.
extension Term {
  /// A value that is there where the condition holds, and may be missing itself.
  func given(_ condition: Term) -> Term {
    let both = presence.map { presence in
      let both = Term(.binary(.and), [condition, presence], as: .bool, at: condition.span)
      return (try? both.folded()) ?? both
    }
    return Term(.given, [both ?? condition, unwrapped], as: .optional(unwrapped.type), at: span)
  }

  /// Whether the value is there: a bool. Nil for a value that always is.
  var presence: Term? {
    guard type.wrapped != nil, case .operation(let operation, let operands) = form else {
      return nil
    }
    switch operation {
    case .given: return operands[0]
    case .conditional:
      let sides = operands.dropFirst().map {
        $0.presence ?? Term(.bool(true), as: .bool, at: $0.span)
      }
      return Term(.conditional, [operands[0]] + sides, as: .bool, at: span)
    default: return nil
    }
  }

  /// Whether the value is known to be missing.
  var isAbsent: Bool { presence?.constant == .bool(false) }

  /// The value where it is there.
  var unwrapped: Term {
    guard let wrapped = type.wrapped, case .operation(let operation, let operands) = form else {
      return self
    }
    if operation == .given { return operands[1] }
    return Term(
      operation, [operands[0]] + operands.dropFirst().map(\.unwrapped), as: wrapped, at: span)
  }

  /// This value where it is there, otherwise the other one, which may be missing too.
  func orElse(_ other: Term, as type: PortType, at span: SourceSpan) -> Term {
    guard let presence else { return self }
    let value = Term(
      .conditional, [presence, unwrapped, other.unwrapped], as: type.wrapped ?? type, at: span)
    guard let otherPresence = other.presence else { return value }
    return value.given(
      Term(.binary(.or), [presence, otherPresence], as: .bool, at: span))
  }
}
