/// A JSON value whose fields keep their order, for texts that people read too.
indirect enum JSON {
  case text(String)
  case number(Double)
  case flag(Bool)
  case list([JSON])
  case fields([(name: String, value: JSON)])

  /// The same fields and more behind them.
  func with(_ more: JSON) -> JSON {
    guard case .fields(let fields) = self, case .fields(let others) = more else { return self }
    return .fields(fields + others)
  }

  /// A list of words.
  static func words(_ words: some Sequence<String>) -> JSON { .list(words.map(JSON.text)) }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  init(stringLiteral value: String) { self = .text(value) }
  init(integerLiteral value: Int) { self = .number(Double(value)) }
  init(booleanLiteral value: Bool) { self = .flag(value) }
  init(arrayLiteral elements: JSON...) { self = .list(elements) }
  init(dictionaryLiteral elements: (String, JSON)...) {
    self = .fields(elements.map { (name: $0.0, value: $0.1) })
  }
}

extension JSON {
  /// The value on as few lines as fit into `width` columns, indented by two spaces a level.
  func pretty(width: Int = 110) -> String { pretty(width: width, indent: 0, behind: 0) }

  /// - Parameter behind: How many columns of the line are taken already.
  private func pretty(width: Int, indent: Int, behind: Int) -> String {
    let line = compact
    // A comma may follow.
    if behind + line.utf8.count < width { return line }
    let inner = indent + 2
    switch self {
    case .list(let elements) where !elements.isEmpty:
      let lines = elements.map { $0.pretty(width: width, indent: inner, behind: inner) }
      return Self.block(lines, in: "[", "]", indent: indent)
    case .fields(let fields) where !fields.isEmpty:
      let lines = fields.map { name, value in
        let key = Self.quoted(name) + ": "
        return key
          + value.pretty(width: width, indent: inner, behind: inner + key.utf8.count)
      }
      return Self.block(lines, in: "{", "}", indent: indent)
    default: return line
    }
  }

  private static func block(
    _ lines: [String], in open: String, _ close: String, indent: Int
  ) -> String {
    let margin = "\n" + String(repeating: " ", count: indent)
    return open + lines.map { margin + "  " + $0 }.joined(separator: ",") + margin + close
  }

  private var compact: String {
    switch self {
    case .text(let text): Self.quoted(text)
    case .number(let number): Int(exactly: number).map(String.init) ?? "\(number)"
    case .flag(let flag): "\(flag)"
    case .list(let elements): "[" + elements.map(\.compact).joined(separator: ", ") + "]"
    case .fields(let fields):
      "{"
        + fields.map { Self.quoted($0.name) + ": " + $0.value.compact }.joined(separator: ", ")
        + "}"
    }
  }

  /// The text as JSON spells it (RFC 8259).
  private static func quoted(_ text: String) -> String {
    let letters = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "\n": "\\n"
      case _ where scalar.value < 0x20:
        "\\u" + String(scalar.value + 0x10000, radix: 16).dropFirst()
      default: String(scalar)
      }
    }
    return "\"" + letters.joined() + "\""
  }
}
