/// A scalar's text, cut at its `${...}`.
enum Template: Sendable {
  /// No expression inside; `$${` already stands for `${`.
  case literal(String)
  /// One whole `${...}`: the value with its type.
  case expression(Expression)
  /// A text with expressions in it.
  case text([Part])

  enum Part: Sendable {
    case text(String)
    case expression(Expression)
  }

  /// Cuts a scalar's text.
  init(_ scalar: SyntaxScalar) throws(ExpressionFault) {
    guard scalar.text.utf8.contains(UInt8(ascii: "$")) else {
      self = .literal(scalar.text)
      return
    }
    var cutter = TemplateCutter(text: Array(scalar.text.utf8), place: scalar.place)
    let parts = try cutter.cut()
    switch parts.count {
    case 0: self = .literal("")
    case 1:
      switch parts[0] {
      case .text(let text): self = .literal(text)
      case .expression(let expression): self = .expression(expression)
      }
    default: self = .text(parts)
    }
  }

  /// Every expression inside.
  var expressions: [Expression] {
    switch self {
    case .literal: []
    case .expression(let expression): [expression]
    case .text(let parts):
      parts.compactMap { part in
        if case .expression(let expression) = part { expression } else { nil }
      }
    }
  }
}

private struct TemplateCutter {
  let text: [UInt8]
  let place: ScalarPlace
  private var parts: [Template.Part] = []
  private var pending: [UInt8] = []

  init(text: [UInt8], place: ScalarPlace) {
    self.text = text
    self.place = place
  }

  mutating func cut() throws(ExpressionFault) -> [Template.Part] {
    var position = 0
    while position < text.count {
      if text[position...].starts(with: "$${".utf8) {
        pending += "${".utf8
        position += 3
      } else if text[position...].starts(with: "${".utf8) {
        flush()
        let (expression, end) = try ExpressionParser.parse(text, from: position + 2, place: place)
        parts.append(.expression(expression))
        position = end
      } else {
        pending.append(text[position])
        position += 1
      }
    }
    flush()
    return parts
  }

  private mutating func flush() {
    if !pending.isEmpty { parts.append(.text(String(decoding: pending, as: UTF8.self))) }
    pending = []
  }
}
