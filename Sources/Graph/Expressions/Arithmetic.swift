import Glibc

/// Why an operation on values of the right types has no result.
enum ArithmeticFault: Error, Hashable {
  case overflow
  case divisionByZero
  case outside(ClosedRange<Double>, value: Literal)
  /// Types that the checker does not let through.
  case unsuitable
}

extension ArithmeticFault: CustomStringConvertible {
  /// The fault as the message of a finding.
  var description: String {
    switch self {
    case .overflow: "the result is too large for its type"
    case .divisionByZero: "this divides by zero"
    case .outside(let range, let value):
      "\(value.display) is outside \(range.spelled)"
    case .unsuitable: "this has no value"
    }
  }
}

extension Operation {
  /// The result for operands of types that `resultType` takes.
  func apply(_ operands: [Literal]) throws(ArithmeticFault) -> Literal {
    switch self {
    case .unary(let unary): try unary.apply(operands[0])
    case .binary(let binary): try binary.apply(operands[0], operands[1])
    case .call(let function): try function.apply(operands)
    case .conditional: operands[0] == .bool(true) ? operands[1] : operands[2]
    case .given: throw .unsuitable
    case .join: .text(operands.map(\.display).joined())
    case .makeSize: try Self.size(operands[0], operands[1])
    case .widen: .float(try operands[0].asFloat)
    case .bounded(let range): try Self.bounded(operands[0], by: range)
    }
  }

  private static func size(_ width: Literal, _ height: Literal) throws(ArithmeticFault) -> Literal {
    guard case .int(let width) = width, case .int(let height) = height else { throw .unsuitable }
    let smallest = min(width, height)
    guard smallest > 0 else { throw .outside(1...(.infinity), value: .int(smallest)) }
    return .size(width: width, height: height)
  }

  private static func bounded(
    _ value: Literal, by range: ClosedRange<Double>
  ) throws(ArithmeticFault) -> Literal {
    guard range.contains(try value.asFloat) else { throw .outside(range, value: value) }
    return value
  }
}

extension UnaryOperator {
  fileprivate func apply(_ operand: Literal) throws(ArithmeticFault) -> Literal {
    switch (self, operand) {
    case (.not, .bool(let value)): return .bool(!value)
    case (.negate, .int(let value)):
      return .int(try exact(Int(0).subtractingReportingOverflow(value)))
    case (.negate, .float(let value)): return .float(-value)
    default: throw .unsuitable
    }
  }
}

extension BinaryOperator {
  fileprivate func apply(_ left: Literal, _ right: Literal) throws(ArithmeticFault) -> Literal {
    switch (self, left, right) {
    case (.and, .bool(let left), .bool(let right)): return .bool(left && right)
    case (.or, .bool(let left), .bool(let right)): return .bool(left || right)
    case (.equal, .text, _), (.equal, .bool, _): return .bool(left == right)
    case (.notEqual, .text, _), (.notEqual, .bool, _): return .bool(left != right)
    case (_, .int(let left), .int(let right)): return try applyToInts(left, right)
    default: return try applyToFloats(left.asFloat, right.asFloat)
    }
  }

  private func applyToInts(_ left: Int, _ right: Int) throws(ArithmeticFault) -> Literal {
    switch self {
    case .add: return .int(try exact(left.addingReportingOverflow(right)))
    case .subtract: return .int(try exact(left.subtractingReportingOverflow(right)))
    case .multiply: return .int(try exact(left.multipliedReportingOverflow(by: right)))
    case .divide, .remainder:
      guard right != 0 else { throw .divisionByZero }
      if self == .divide { return .int(try exact(left.dividedReportingOverflow(by: right))) }
      return .int(left.remainderReportingOverflow(dividingBy: right).partialValue)
    default: return .bool(try compare(left, right))
    }
  }

  private func applyToFloats(_ left: Double, _ right: Double) throws(ArithmeticFault) -> Literal {
    switch self {
    case .add: return .float(try finite(left + right))
    case .subtract: return .float(try finite(left - right))
    case .multiply: return .float(try finite(left * right))
    case .divide, .remainder:
      guard right != 0 else { throw .divisionByZero }
      return .float(try finite(self == .divide ? left / right : fmod(left, right)))
    default: return .bool(try compare(left, right))
    }
  }

  private func compare<Number: Comparable>(
    _ left: Number, _ right: Number
  ) throws(ArithmeticFault) -> Bool {
    switch self {
    case .equal: left == right
    case .notEqual: left != right
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    default: throw .unsuitable
    }
  }
}

extension ExpressionFunction {
  fileprivate func apply(_ operands: [Literal]) throws(ArithmeticFault) -> Literal {
    switch self {
    case .min, .max: return try extreme(of: operands)
    case .round: return try whole(operands[0], .toNearestOrAwayFromZero)
    case .floor: return try whole(operands[0], .down)
    case .ceil: return try whole(operands[0], .up)
    case .len:
      switch operands[0] {
      case .text(let text): return .int(text.unicodeScalars.count)
      case .list(let elements): return .int(elements.count)
      default: throw .unsuitable
      }
    }
  }

  private func extreme(of operands: [Literal]) throws(ArithmeticFault) -> Literal {
    let ints = operands.compactMap { if case .int(let value) = $0 { value } else { nil } }
    if ints.count == operands.count, let value = self == .min ? ints.min() : ints.max() {
      return .int(value)
    }
    let floats = operands.compactMap(\.number)
    guard floats.count == operands.count, let value = self == .min ? floats.min() : floats.max()
    else { throw .unsuitable }
    return .float(value)
  }

  private func whole(
    _ operand: Literal, _ rule: FloatingPointRoundingRule
  ) throws(ArithmeticFault) -> Literal {
    if case .int = operand { return operand }
    guard let value = Int(exactly: try operand.asFloat.rounded(rule)) else { throw .overflow }
    return .int(value)
  }
}

extension Literal {
  fileprivate var asFloat: Double {
    get throws(ArithmeticFault) {
      guard let number else { throw .unsuitable }
      return number
    }
  }
}

private func exact(
  _ result: (partialValue: Int, overflow: Bool)
) throws(ArithmeticFault) -> Int {
  guard !result.overflow else { throw .overflow }
  return result.partialValue
}

private func finite(_ value: Double) throws(ArithmeticFault) -> Double {
  guard value.isFinite else { throw .overflow }
  return value
}

extension ClosedRange<Double> {
  /// The range as messages and documentation write it, such as `0...1` or `0...` without an end.
  public var spelled: String {
    let ends = [lowerBound, upperBound].map { bound in
      guard bound.isFinite else { return "" }
      return Int(exactly: bound).map(String.init) ?? String(bound)
    }
    return ends.joined(separator: "...")
  }
}
