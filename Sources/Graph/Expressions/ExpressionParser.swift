/// Reads an expression by precedence climbing (Pratt, "Top Down Operator Precedence", 1973).
struct ExpressionParser {
  /// The operators and brackets that may lie in each other.
  static let depthLimit = 64

  private var lexer: ExpressionLexer
  private let place: ScalarPlace
  private var token = ExpressionToken.end
  private var range = 0..<0
  /// Where the token before this one ended.
  private var previousEnd: Int
  private var nesting = 0

  /// Reads the expression that begins at `start`, right behind `${`, up to its `}`; gives the offset
  /// behind the `}` too.
  static func parse(
    _ text: [UInt8], from start: Int, place: ScalarPlace
  ) throws(ExpressionFault) -> (expression: Expression, end: Int) {
    var parser = ExpressionParser(text, from: start, place: place)
    try parser.advance()
    let expression = try parser.parseConditional()
    switch parser.token {
    case .close: return (expression, parser.range.upperBound)
    case .end: throw ExpressionFault(.unterminated, start - 2..<text.count)
    default: throw parser.fault(expected: "an operator or `}`")
    }
  }

  private init(_ text: [UInt8], from start: Int, place: ScalarPlace) {
    lexer = ExpressionLexer(text, from: start)
    self.place = place
    previousEnd = start
  }

  private mutating func advance() throws(ExpressionFault) {
    previousEnd = range.upperBound
    (token, range) = try lexer.next()
  }

  private mutating func parseConditional() throws(ExpressionFault) -> Expression {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= Self.depthLimit else { throw ExpressionFault(.tooDeep, range) }
    let start = range.lowerBound
    let condition = try parseBinary(above: 0)
    guard token == .sign("?") else { return condition }
    try advance()
    let then = try parseConditional()
    try expect(":")
    let otherwise = try parseConditional()
    return try expression(.conditional(condition, then: then, otherwise: otherwise), from: start)
  }

  private mutating func parseBinary(above floor: Int) throws(ExpressionFault) -> Expression {
    let start = range.lowerBound
    var left = try parseUnary()
    while let binary = binaryOperator, binary.precedence > floor {
      try advance()
      let right = try parseBinary(above: binary.precedence)
      left = try expression(.binary(binary, left, right), from: start)
    }
    return left
  }

  private mutating func parseUnary() throws(ExpressionFault) -> Expression {
    guard case .sign(let sign) = token, let unary = UnaryOperator(rawValue: sign) else {
      return try parseOperand()
    }
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= Self.depthLimit else { throw ExpressionFault(.tooDeep, range) }
    let start = range.lowerBound
    try advance()
    return try expression(.unary(unary, parseUnary()), from: start)
  }

  private mutating func parseOperand() throws(ExpressionFault) -> Expression {
    let start = range.lowerBound
    switch token {
    case .literal(let value):
      try advance()
      return try expression(.literal(value), from: start)
    case .name(let name):
      let nameRange = range
      try advance()
      if token == .sign("(") { return try parseCall(name, at: nameRange) }
      return try parseReference(name, at: nameRange)
    case .sign("("):
      try advance()
      let inside = try parseConditional()
      try expect(")")
      return inside
    default: throw fault(expected: "a value")
    }
  }

  private mutating func parseReference(
    _ name: String, at nameRange: Range<Int>
  ) throws(ExpressionFault) -> Expression {
    let nameSpan = place.span(nameRange)
    var reference = Reference(name: name, nameSpan: nameSpan, span: nameSpan)
    if token == .sign(".") {
      try advance()
      guard case .name(let output) = token else { throw fault(expected: "the name of an output") }
      reference.output = output
      reference.outputSpan = place.span(range)
      reference.span = place.span(nameRange.lowerBound..<range.upperBound)
      try advance()
    }
    return Expression(.reference(reference), at: reference.span)
  }

  private mutating func parseCall(
    _ name: String, at nameRange: Range<Int>
  ) throws(ExpressionFault) -> Expression {
    guard let function = ExpressionFunction(rawValue: name) else {
      throw ExpressionFault(.unknownFunction(name), nameRange)
    }
    try advance()
    var arguments = [try parseConditional()]
    while token == .sign(",") {
      try advance()
      arguments.append(try parseConditional())
    }
    try expect(")")
    guard function.argumentCount.contains(arguments.count) else {
      throw ExpressionFault(
        .wrongArgumentCount(function, arguments.count), nameRange.lowerBound..<previousEnd)
    }
    return try expression(.call(function, arguments), from: nameRange.lowerBound)
  }

  private var binaryOperator: BinaryOperator? {
    guard case .sign(let sign) = token else { return nil }
    return BinaryOperator(rawValue: sign)
  }

  private mutating func expect(_ sign: String) throws(ExpressionFault) {
    guard token == .sign(sign) else { throw fault(expected: "`\(sign)`") }
    try advance()
  }

  private func fault(expected: String) -> ExpressionFault {
    ExpressionFault(.expected(expected, found: token), range)
  }

  /// An expression that reaches from `start` to the token before this one.
  private func expression(
    _ form: Expression.Form, from start: Int
  ) throws(ExpressionFault) -> Expression {
    let range = start..<previousEnd
    let result = Expression(form, at: place.span(range))
    guard result.depth <= 2 * Self.depthLimit else { throw ExpressionFault(.tooDeep, range) }
    return result
  }
}

extension ExpressionFunction {
  /// How many arguments a call has.
  var argumentCount: ClosedRange<Int> {
    switch self {
    case .min, .max: 2...16
    case .round, .floor, .ceil, .len: 1...1
    }
  }
}
