extension Literal {
  /// The value as its author would write it in a text.
  public var display: String {
    switch self {
    case .int(let value): String(value)
    case .float(let value): String(value)
    case .bool(let value): String(value)
    case .text(let value): value
    case .path(let path): path.written
    case .color(let color): color.description
    case .size(let width, let height): "\(width)x\(height)"
    case .list(let elements): "[\(elements.map(\.display).joined(separator: ", "))]"
    }
  }

  /// The type that the value has by itself.
  public var naturalType: PortType {
    switch self {
    case .int: .int
    case .float: .float
    case .bool: .bool
    case .text: .text
    case .path: .path
    case .color: .color
    case .size: .size
    case .list(let elements): .list(elements.first?.naturalType ?? .text)
    }
  }

  /// The value as a number, where it is one.
  var number: Double? {
    switch self {
    case .int(let value): Double(value)
    case .float(let value): value
    default: nil
    }
  }
}

extension ColorLiteral: CustomStringConvertible {
  /// The colour as `#rrggbb`, or `#rrggbbaa` where it lets something through.
  public var description: String {
    let channels = alpha == 1 ? [red, green, blue] : [red, green, blue, alpha]
    return "#" + channels.map(Self.hexadecimal).joined()
  }

  /// Reads `#rgb`, `#rrggbb` or `#rrggbbaa`.
  init?(spelled text: String) {
    guard text.first == "#", text.dropFirst().allSatisfy({ $0.isASCII && $0.isHexDigit }) else {
      return nil
    }
    var digits = text.dropFirst().compactMap(\.hexDigitValue)
    if digits.count == 3 { digits = digits.flatMap { [$0, $0] } }
    guard digits.count == 6 || digits.count == 8 else { return nil }
    let channels = stride(from: 0, to: digits.count, by: 2).map {
      Double(digits[$0] * 16 + digits[$0 + 1]) / 255
    }
    self.init(
      red: channels[0], green: channels[1], blue: channels[2],
      alpha: channels.count == 4 ? channels[3] : 1)
  }

  private static func hexadecimal(_ channel: Double) -> String {
    let digits = String(Int((channel * 255).rounded()), radix: 16)
    return digits.count == 1 ? "0" + digits : digits
  }
}
