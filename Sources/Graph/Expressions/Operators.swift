/// An operator between two operands, as it is written.
enum BinaryOperator: String, Hashable, Sendable, CaseIterable {
  case or = "||"
  case and = "&&"
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case remainder = "%"

  /// Binds tighter the greater it is. `? :` has 0, what stands before an operand binds tightest.
  var precedence: Int {
    switch self {
    case .or: 1
    case .and: 2
    case .equal, .notEqual: 3
    case .less, .lessOrEqual, .greater, .greaterOrEqual: 4
    case .add, .subtract: 5
    case .multiply, .divide, .remainder: 6
    }
  }
}

/// An operator in front of its operand.
enum UnaryOperator: String, Hashable, Sendable {
  case negate = "-"
  case not = "!"
}

/// A function that expressions can call.
enum ExpressionFunction: String, Hashable, Sendable, CaseIterable {
  case min
  case max
  case round
  case floor
  case ceil
  case len
}
