/// A word or a sign of an expression.
enum ExpressionToken: Hashable, Sendable {
  /// A literal that stands for itself.
  case literal(Literal)
  case name(String)
  /// An operator, a bracket, a comma, a dot, `?` or `:`.
  case sign(String)
  /// The `}` behind the expression.
  case close
  /// The text ended before the `}`.
  case end
}

extension ExpressionToken: CustomStringConvertible {
  /// The token as messages name it.
  var description: String {
    switch self {
    case .literal(let value): "`\(value.display)`"
    case .name(let name): "`\(name)`"
    case .sign(let sign): "`\(sign)`"
    case .close: "`}`"
    case .end: "the end of the text"
    }
  }
}
