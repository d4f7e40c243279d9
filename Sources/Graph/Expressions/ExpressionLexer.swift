/// Cuts the inside of `${...}` into tokens.
struct ExpressionLexer {
  /// Longer signs stand in front of their beginnings.
  private static let signs = [
    "||", "&&", "==", "!=", "<=", ">=", "??", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", "(",
    ")", ",", ".",
  ]

  private let text: [UInt8]
  /// Where the next token is looked for.
  private(set) var position: Int

  init(_ text: [UInt8], from position: Int) {
    self.text = text
    self.position = position
  }

  /// The next token with its place in the text.
  mutating func next() throws(ExpressionFault) -> (token: ExpressionToken, range: Range<Int>) {
    while let byte = peek(), " \t\r\n".utf8.contains(byte) { position += 1 }
    let start = position
    let token = try scan()
    return (token, start..<position)
  }

  private mutating func scan() throws(ExpressionFault) -> ExpressionToken {
    guard let byte = peek() else { return .end }
    switch byte {
    case UInt8(ascii: "}"):
      position += 1
      return .close
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return .literal(.text(try scanText(quote: byte)))
    case _ where byte.isDigit: return .literal(try scanNumber())
    case _ where byte.isLowercase: return scanName()
    default: return .sign(try scanSign())
    }
  }

  private mutating func scanText(quote: UInt8) throws(ExpressionFault) -> String {
    let start = position
    guard let end = text[(start + 1)...].firstIndex(of: quote) else {
      position = text.count
      throw ExpressionFault(.unterminatedText, start..<text.count)
    }
    position = end + 1
    return String(decoding: text[(start + 1)..<end], as: UTF8.self)
  }

  private mutating func scanNumber() throws(ExpressionFault) -> Literal {
    let start = position
    skip { $0.isDigit }
    if peek() == UInt8(ascii: "."), peek(1)?.isDigit == true {
      position += 1
      skip { $0.isDigit }
    }
    if let letter = peek(), letter == UInt8(ascii: "e") || letter == UInt8(ascii: "E") {
      position += 1
      if let sign = peek(), "+-".utf8.contains(sign) { position += 1 }
      skip { $0.isDigit }
    }
    return try number(start..<position)
  }

  private func number(_ range: Range<Int>) throws(ExpressionFault) -> Literal {
    let spelling = String(decoding: text[range], as: UTF8.self)
    do throws(ScalarFault) {
      let value = try Literal.inferred(fromPlain: spelling)
      if value.number != nil { return value }
    } catch {
      throw ExpressionFault(.numberTooLarge, range)
    }
    throw ExpressionFault(.malformedNumber(spelling), range)
  }

  /// A name goes on over a `-` that a letter or a digit follows: `load-image` is one name,
  /// `a - b` a difference.
  private mutating func scanName() -> ExpressionToken {
    let start = position
    while let byte = peek() {
      let joins = byte == UInt8(ascii: "-") && peek(1)?.isNamePart == true
      guard byte.isNamePart || joins else { break }
      position += 1
    }
    switch String(decoding: text[start..<position], as: UTF8.self) {
    case "true": return .literal(.bool(true))
    case "false": return .literal(.bool(false))
    case let name: return .name(name)
    }
  }

  private mutating func scanSign() throws(ExpressionFault) -> String {
    guard let sign = Self.signs.first(where: { text[position...].starts(with: $0.utf8) }) else {
      let rest = String(decoding: text[position...].prefix(4), as: UTF8.self)
      let character = String(rest.unicodeScalars.prefix(1))
      throw ExpressionFault(
        .unexpectedCharacter(character), position..<position + character.utf8.count)
    }
    position += sign.utf8.count
    return sign
  }

  private func peek(_ distance: Int = 0) -> UInt8? {
    position + distance < text.count ? text[position + distance] : nil
  }

  private mutating func skip(while predicate: (UInt8) -> Bool) {
    while let byte = peek(), predicate(byte) { position += 1 }
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
  fileprivate var isLowercase: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }
  fileprivate var isNamePart: Bool { isDigit || isLowercase || self == UInt8(ascii: "_") }
}
