/// What is wrong with the writing of an expression, and where in its scalar.
struct ExpressionFault: Error, Hashable {
  enum Reason: Hashable {
    case unterminatedText
    case numberTooLarge
    case malformedNumber(String)
    case unexpectedCharacter(String)
    case expected(String, found: ExpressionToken)
    case unterminated
    case unknownFunction(String)
    case wrongArgumentCount(ExpressionFunction, Int)
    case tooDeep
  }

  var reason: Reason
  var range: Range<Int>

  init(_ reason: Reason, _ range: Range<Int>) {
    self.reason = reason
    self.range = range
  }
}
