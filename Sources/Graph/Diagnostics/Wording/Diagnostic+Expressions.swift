extension Diagnostic {
  static func invalidExpression(_ fault: ExpressionFault, in scalar: SyntaxScalar) -> Diagnostic {
    let span = scalar.place.span(fault.range)
    switch fault.reason {
    case .tooDeep:
      return Diagnostic(
        .tooDeep, "the expression has too many levels", at: span,
        help: "shorten it, or work parts of it out in a graph of their own")
    default:
      return Diagnostic(
        .invalidExpression, fault.reason.message, at: span, label: fault.reason.label,
        help: fault.reason.help)
    }
  }

  static func evaluation(_ failure: EvaluationFailure) -> Diagnostic {
    Diagnostic(
      .evaluation, failure.message, at: failure.span,
      help: "check the inputs' values, or guard it: `${condition ? this : that}`")
  }

  static func tooComplex(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .tooLarge, "the expression, with all that it refers to, is too large", at: span,
      help: "let fewer graphs build on each other's results")
  }

  static func tooMuchText(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .tooLarge, "the texts and lists that expressions make are too large together", at: span,
      help: "pass long texts and lists on whole, as `key: ${input}`")
  }

  static func cannotInterpolate(_ type: PortType, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .typeMismatch, "\(article(type)) cannot stand in a text", at: span,
      help: "a value that is not a scalar stands alone: `key: ${...}`")
  }

  static func unsuitableOperands(
    _ operation: Operation, _ types: [PortType], _ terms: [Term], at span: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      .typeMismatch, operation.complaint(about: types.map(\.known)), at: span,
      help: operation.expectation)
  }
}

extension ExpressionFault.Reason {
  fileprivate var message: String {
    switch self {
    case .unterminatedText: "the text is not closed"
    case .numberTooLarge: "the number is too large"
    case .malformedNumber(let text): "`\(text)` is no number"
    case .unexpectedCharacter(let character): "`\(character)` has no meaning in an expression"
    case .expected(let expected, let found): "expected \(expected), found \(found)"
    case .unterminated: "`${` has no `}`"
    case .unknownFunction(let name): "there is no function `\(name)`"
    case .wrongArgumentCount(let function, let count):
      "`\(function)` takes \(function.argumentCount.lowerBound == 1 ? "one value" : "2 to 16 values"), "
        + "not \(count)"
    case .tooDeep: ""
    }
  }

  fileprivate var label: String? {
    guard case .unknownFunction(let name) = self else { return nil }
    return Diagnostic.didYouMean(name, ExpressionFunction.allCases.map(\.rawValue))
  }

  fileprivate var help: String? {
    switch self {
    case .unterminated: "close it, or write `$${` for a literal `${`"
    case .unterminatedText: "close it with the quote that opened it"
    case .numberTooLarge: "whole numbers go up to \(Int.max), others up to 1.8e308"
    case .malformedNumber: "write a number like `12`, `0.5` or `1e3`"
    case .unexpectedCharacter("="): "write `==` to compare"
    case .unexpectedCharacter("&"): "write `&&`"
    case .unexpectedCharacter("|"): "write `||`"
    case .unexpectedCharacter: "names are lower-case words joined by `-`; texts stand in quotes"
    case .expected(_, found: .close): "finish the expression"
    case .expected(_, found: .end): "close the expression with `}`"
    case .expected(_, let found): "take \(found) away, or write what belongs in front of it"
    case .unknownFunction:
      "the functions are \(Diagnostic.listed(ExpressionFunction.allCases.map(\.rawValue)))"
    case .wrongArgumentCount: "separate values with commas"
    case .tooDeep: nil
    }
  }
}

extension Operation {
  fileprivate func complaint(about types: [String]) -> String {
    switch self {
    case .unary(let unary): "`\(unary.rawValue)` does not work on \(types[0])"
    case .binary(let binary):
      "`\(binary.rawValue)` does not work between \(types[0]) and \(types[1])"
    case .call(let function):
      "`\(function.rawValue)` does not work on \(Diagnostic.listed(types))"
    case .conditional:
      types[0] == "bool"
        ? "one branch is \(types[1]), the other \(types[2])" : "the condition is \(types[0])"
    case .given, .join, .makeSize, .widen, .bounded:
      "this does not work on \(Diagnostic.listed(types))"
    }
  }

  fileprivate var expectation: String? {
    switch self {
    case .unary(.negate): "it takes a number"
    case .unary(.not): "it takes a bool; what it is for as a whole stands in brackets: `!(a > b)`"
    case .binary(.and), .binary(.or): "it takes bools"
    case .binary(.less), .binary(.lessOrEqual), .binary(.greater), .binary(.greaterOrEqual):
      "it takes numbers; two comparisons are joined by `&&`"
    case .binary(.add): "it takes numbers; texts are joined by writing `${a}${b}`"
    case .binary(.orElse): "a default is of the type of what it stands for"
    case .binary(.equal), .binary(.notEqual): "it compares numbers, texts or bools with their like"
    case .binary: "it takes numbers"
    case .call(.len): "it takes a text, or a list whose length is known before the run"
    case .call: "it takes numbers"
    case .conditional: "the condition is a bool, and both branches are of one type"
    case .given, .join, .makeSize, .widen, .bounded: nil
    }
  }
}
