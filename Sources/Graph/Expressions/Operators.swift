/// An operator between two operands, as it is written.
enum BinaryOperator: String, Hashable, Sendable, CaseIterable {
  /// The left value where it is there, otherwise the right one.
  case orElse = "??"
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
    case .orElse: 1
    case .or: 2
    case .and: 3
    case .equal, .notEqual: 4
    case .less, .lessOrEqual, .greater, .greaterOrEqual: 5
    case .add, .subtract: 6
    case .multiply, .divide, .remainder: 7
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
