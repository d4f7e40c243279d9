/// What an expression does to values: the operators and functions that authors write, and the steps
/// that the checker puts in.
enum Operation: Hashable, Sendable {
  case unary(UnaryOperator)
  case binary(BinaryOperator)
  case call(ExpressionFunction)
  /// The condition, the value where it holds, the other value.
  case conditional
  /// The condition, the value where it holds: a value that may be missing. It stands only where a
  /// binding can leave it out; what is reckoned with was given a default by `??`.
  case given
  /// Writes the operands behind one another as a text.
  case join
  /// A size from a width and a height.
  case makeSize
  /// An int becomes a float; a float stays.
  case widen
  /// The operand, which must lie in a port's range.
  case bounded(ClosedRange<Double>)
}

extension Operation {
  /// The type of the result for operands of these types; nil where the operation does not take them.
  func resultType(of types: [PortType]) -> PortType? {
    switch self {
    case .unary(.negate): types[0].isNumber ? types[0].arithmetic : nil
    case .unary(.not): types[0] == .bool ? .bool : nil
    case .binary(let binary): binary.resultType(types[0], types[1])
    case .call(let function): function.resultType(of: types)
    case .conditional: types[0] == .bool ? PortType.common(types[1], types[2]) : nil
    case .given: .optional(types[1])
    case .join: .text
    case .makeSize: .size
    case .widen: .float
    case .bounded: types[0]
    }
  }
}

extension BinaryOperator {
  fileprivate func resultType(_ left: PortType, _ right: PortType) -> PortType? {
    let areNumbers = left.isNumber && right.isNumber
    switch self {
    case .or, .and: return left == .bool && right == .bool ? .bool : nil
    case .equal, .notEqual:
      let areAlike = areNumbers || left.isText && right.isText || left == .bool && right == .bool
      return areAlike ? .bool : nil
    case .less, .lessOrEqual, .greater, .greaterOrEqual: return areNumbers ? .bool : nil
    case .add, .subtract, .multiply, .divide, .remainder:
      return areNumbers ? PortType.common(left.arithmetic, right.arithmetic) : nil
    case .orElse: return left.wrapped.flatMap { PortType.common($0, right) }
    }
  }
}

extension ExpressionFunction {
  fileprivate func resultType(of types: [PortType]) -> PortType? {
    switch self {
    case .min, .max:
      guard types.allSatisfy(\.isNumber) else { return nil }
      return types.allSatisfy(\.isWholeNumber) ? .int : .float
    case .round, .floor, .ceil: return types[0].isNumber ? .int : nil
    case .len:
      if case .list = types[0] { return .int }
      return types[0].isText ? .int : nil
    }
  }
}

extension PortType {
  /// What reckoning with the number gives: a seed is an int like any other there.
  fileprivate var arithmetic: PortType { self == .seed ? .int : self }

  /// The type that all values share; nil where there is none, or no value.
  static func shared(by terms: [Term]) -> PortType? {
    terms.dropFirst().reduce(terms.first?.type) { type, term in
      type.flatMap { common($0, term.type) }
    }
  }

  /// The type that two values share, an int widened where the other is a float; what may be missing
  /// on one side may be missing altogether. Families are taken from the left.
  static func common(_ left: PortType, _ right: PortType) -> PortType? {
    if left == right { return left }
    switch (left, right) {
    case (.optional(let left), .optional(let right)), (.optional(let left), let right),
      (let left, .optional(let right)):
      return common(left, right).map(PortType.optional)
    case (.list(let left), .list(let right)): return common(left, right).map(PortType.list)
    default: break
    }
    if left.isWholeNumber, right.isWholeNumber { return .int }
    if left.isNumber, right.isNumber { return .float }
    if left.isText, right.isText { return .text }
    guard !left.isScalar, left.hasSameKind(as: right) else { return nil }
    return left.extent == right.extent ? left : left.withoutExtent
  }
}
