import Graph

extension Literal {
  /// A text that equal literals share and different ones do not. It is how scalars are stored, and,
  /// files aside, how they enter keys.
  var canonical: String {
    switch self {
    case .int(let value): "i\(value)"
    case .float(let value): "f\(Self.hex(value))"
    case .bool(let value): value ? "b1" : "b0"
    case .text(let value): "t\(value.utf8.count):\(value)"
    case .path(let path): "p\(path.resolved.utf8.count):\(path.resolved)"
    case .color(let color):
      "c" + [color.red, color.green, color.blue, color.alpha].map(Self.hex).joined(separator: ",")
    case .size(let width, let height): "s\(width)x\(height)"
    case .list(let elements): "[" + elements.map { $0.canonical + ";" }.joined() + "]"
    }
  }

  /// Reads back what `canonical` wrote; a path as if it had been written the way it resolved.
  init?(canonical text: String) {
    var reader = CanonicalReader(rest: text.utf8[...])
    guard let literal = reader.literal(), reader.rest.isEmpty else { return nil }
    self = literal
  }

  /// The literal as a port of this type takes it: an integer becomes a number.
  func widened(to type: PortType) -> Literal {
    switch (self, type) {
    case (.int(let value), .float): .float(Double(value))
    case (.list(let elements), .list(let element)): .list(elements.map { $0.widened(to: element) })
    default: self
    }
  }

  private static func hex(_ value: Double) -> String { String(value.bitPattern, radix: 16) }
}

/// A recursive-descent reader of canonical literals.
private struct CanonicalReader {
  var rest: Substring.UTF8View

  mutating func literal() -> Literal? {
    switch rest.popFirst() {
    case UInt8(ascii: "i"): Int(word()).map(Literal.int)
    case UInt8(ascii: "f"): Self.number(word()).map(Literal.float)
    case UInt8(ascii: "b"): Self.truth(word()).map(Literal.bool)
    case UInt8(ascii: "t"): counted().map(Literal.text)
    case UInt8(ascii: "p"): counted().map { .path(FilePathLiteral(written: $0, resolved: $0)) }
    case UInt8(ascii: "c"): Self.color(word())
    case UInt8(ascii: "s"): Self.size(word())
    case UInt8(ascii: "["): list()
    default: nil
    }
  }

  /// What stands before the end of a list's element, or of the text.
  private mutating func word() -> Substring {
    let word = rest.prefix { $0 != UInt8(ascii: ";") }
    rest = rest[word.endIndex...]
    return Substring(word)
  }

  /// A text behind its length in bytes and a colon.
  private mutating func counted() -> String? {
    let digits = rest.prefix { $0 != UInt8(ascii: ":") }
    let text = rest[digits.endIndex...].dropFirst()
    guard let count = Int(Substring(digits)), count >= 0, count <= text.count else { return nil }
    rest = text.dropFirst(count)
    return String(text.prefix(count))
  }

  private mutating func list() -> Literal? {
    var elements: [Literal] = []
    while let first = rest.first, first != UInt8(ascii: "]") {
      guard let element = literal(), rest.popFirst() == UInt8(ascii: ";") else { return nil }
      elements.append(element)
    }
    return rest.popFirst() == nil ? nil : .list(elements)
  }

  private static func number(_ hex: Substring) -> Double? {
    UInt64(hex, radix: 16).map(Double.init(bitPattern:))
  }

  private static func truth(_ digit: Substring) -> Bool? {
    digit == "1" ? true : digit == "0" ? false : nil
  }

  private static func color(_ text: Substring) -> Literal? {
    let channels = text.split(separator: ",").compactMap(number)
    guard channels.count == 4 else { return nil }
    return .color(
      ColorLiteral(red: channels[0], green: channels[1], blue: channels[2], alpha: channels[3]))
  }

  private static func size(_ text: Substring) -> Literal? {
    let sides = text.split(separator: "x").compactMap { Int($0) }
    return sides.count == 2 ? .size(width: sides[0], height: sides[1]) : nil
  }
}
