/// Why a scalar's text is no value of the type that is wanted.
enum ScalarFault: Error, Hashable {
  /// It is a value of another type.
  case wrongType(found: PortType)
  /// It has too many digits for the type.
  case tooLarge
  /// It is none of the words.
  case unknownWord
  /// It does not have the form that the type asks for, which reads like the example.
  case malformed(example: String)
}

extension Literal {
  /// The value that a plain scalar has where nothing says which type is wanted.
  static func inferred(fromPlain text: String) throws(ScalarFault) -> Literal {
    if text == "true" || text == "false" { return .bool(text == "true") }
    switch NumberSpelling(text) {
    case .int: return .int(try Int(fitting: text))
    case .float: return .float(try Double(fitting: text))
    case nil: return .text(text)
    }
  }

  /// Reads a scalar as a value of a scalar type. Quotes make a text of anything: `"5"` is no number.
  ///
  /// Paths are relative to `folder`.
  static func read(
    _ text: String, isPlain: Bool, as type: PortType, folder: String
  ) throws(ScalarFault) -> Literal {
    switch type {
    case .text: return .text(text)
    case .path: return .path(FilePathLiteral(written: text, in: folder))
    case .choice(let words):
      guard words.contains(text) else { throw .unknownWord }
      return .text(text)
    case .color:
      guard let color = ColorLiteral(spelled: text) else { throw .malformed(example: "#ff8800") }
      return .color(color)
    case .size:
      guard let size = Extent(spelled: text), let width = size.width, let height = size.height
      else { throw .malformed(example: "512x768") }
      return .size(width: width, height: height)
    default:
      let value = isPlain ? try inferred(fromPlain: text) : .text(text)
      guard let converted = value.converted(to: type) else {
        throw .wrongType(found: value.naturalType)
      }
      return converted
    }
  }

  /// The same value as a constant of another type, where that says the same: an int is a float, a
  /// number from 0 up is a seed, a listed word is a choice.
  func converted(to type: PortType) -> Literal? {
    switch (self, type) {
    case (.int, .int), (.float, .float), (.bool, .bool), (.text, .text): self
    case (.path, .path), (.color, .color), (.size, .size): self
    case (.int(let value), .float): .float(Double(value))
    case (.int(let value), .seed): value >= 0 ? self : nil
    case (.text(let word), .choice(let words)): words.contains(word) ? self : nil
    case (.list(let elements), .list(let element)): Self.list(elements, of: element)
    default: nil
    }
  }

  private static func list(_ elements: [Literal], of type: PortType) -> Literal? {
    let converted = elements.compactMap { $0.converted(to: type) }
    return converted.count == elements.count ? .list(converted) : nil
  }
}

/// Which kind of number a text spells.
enum NumberSpelling {
  case int
  case float

  /// An optional sign, digits, and for a float a point or an exponent.
  init?(_ text: String) {
    var rest = text.utf8[...]
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      rest.removeFirst()
    }
    guard rest.first.map(Self.isDigit) == true else { return nil }
    if rest.allSatisfy(Self.isDigit) {
      self = .int
    } else if rest.allSatisfy({ Self.isDigit($0) || ".eE+-".utf8.contains($0) }),
      Double(text) != nil
    {
      self = .float
    } else {
      return nil
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}

extension Int {
  /// Reads a text that `NumberSpelling` calls an int.
  init(fitting text: String) throws(ScalarFault) {
    guard let value = Int(text) else { throw .tooLarge }
    self = value
  }
}

extension Double {
  /// Reads a text that `NumberSpelling` calls a number.
  init(fitting text: String) throws(ScalarFault) {
    guard let value = Double(text), value.isFinite else { throw .tooLarge }
    self = value
  }
}
