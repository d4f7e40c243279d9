/// A piece of JSON, already spelled (RFC 8259).
struct JSONText {
  let text: String

  static let null = JSONText(text: "null")

  static func number(_ value: Int) -> JSONText { JSONText(text: String(value)) }

  static func array(_ elements: [JSONText]) -> JSONText {
    JSONText(text: "[" + elements.map(\.text).joined(separator: ",") + "]")
  }

  static func object(_ fields: [(String, JSONText)]) -> JSONText {
    let spelled = fields.map { string($0.0).text + ":" + $0.1.text }
    return JSONText(text: "{" + spelled.joined(separator: ",") + "}")
  }

  static func string(_ value: String) -> JSONText {
    let escaped = value.unicodeScalars.map { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "\n": "\\n"
      case "\r": "\\r"
      case "\t": "\\t"
      case _ where scalar.value < 0x20: "\\u" + hexadecimal(scalar.value)
      default: String(scalar)
      }
    }
    return JSONText(text: "\"" + escaped.joined() + "\"")
  }

  private static func hexadecimal(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }
}

extension SourceSpan {
  /// The place, as fields of an object.
  var jsonFields: [(String, JSONText)] {
    [
      ("file", .string(file)),
      ("line", .number(start.line)), ("column", .number(start.column)),
      ("endLine", .number(end.line)), ("endColumn", .number(end.column)),
    ]
  }
}
