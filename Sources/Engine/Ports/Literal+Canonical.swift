import Graph

extension Literal {
  /// A text that equal literals share and different ones do not: what keys are made of.
  var canonical: String {
    switch self {
    case .int(let value): "i\(value)"
    case .float(let value): "f\(String(value.bitPattern, radix: 16))"
    case .bool(let value): value ? "true" : "false"
    case .text(let value): "t\(value.utf8.count):\(value)"
    case .path(let path): "p\(path.resolved.utf8.count):\(path.resolved)"
    case .color(let color):
      "c" + [color.red, color.green, color.blue, color.alpha]
        .map { String($0.bitPattern, radix: 16) }.joined(separator: ",")
    case .size(let width, let height): "s\(width)x\(height)"
    case .list(let elements): "[" + elements.map(\.canonical).joined(separator: ",") + "]"
    }
  }

  /// Reads back what `canonical` wrote, for the scalars that nodes hand out.
  init?(canonical text: String) {
    switch text.first {
    case "i": self.init(Int(text.dropFirst()), Literal.int)
    case "f": self.init(UInt64(text.dropFirst(), radix: 16).map(Double.init(bitPattern:)), Literal.float)
    case "t", "p": self.init(canonicalString: text)
    default:
      guard text == "true" || text == "false" else { return nil }
      self = .bool(text == "true")
    }
  }

  private init?<Value>(_ value: Value?, _ wrap: (Value) -> Literal) {
    guard let value else { return nil }
    self = wrap(value)
  }

  private init?(canonicalString text: String) {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let content = String(text[text.index(after: colon)...])
    self =
      text.first == "t" ? .text(content) : .path(.init(written: content, resolved: content))
  }
}
