import Graph

/// A value that a literal says whole.
public protocol ScalarPortValue: PortValue {
  init?(literal: Literal)
  var scalar: Literal { get }
}

extension ScalarPortValue {
  public var literal: Literal? { scalar }
  public var byteCount: Int { MemoryLayout<Self>.size }

  /// Scalars are stored as the canonical text of their literal.
  public static var storage: PortStorage<Self>? {
    PortStorage(
      encode: { Array($0.scalar.canonical.utf8) },
      decode: { bytes in
        guard let literal = Literal(canonical: String(decoding: bytes, as: UTF8.self)),
          let value = Self(literal: literal)
        else { throw MalformedScalar() }
        return value
      })
  }
}

/// A stored scalar that does not read as one.
struct MalformedScalar: Error {}

extension Int: ScalarPortValue {
  public static var portType: PortType { .int }
  public init?(literal: Literal) {
    guard case .int(let value) = literal else { return nil }
    self = value
  }
  public var scalar: Literal { .int(self) }
}

extension Double: ScalarPortValue {
  public static var portType: PortType { .float }
  public init?(literal: Literal) {
    switch literal {
    case .float(let value): self = value
    case .int(let value): self = Double(value)
    default: return nil
    }
  }
  public var scalar: Literal { .float(self) }
}

extension Bool: ScalarPortValue {
  public static var portType: PortType { .bool }
  public init?(literal: Literal) {
    guard case .bool(let value) = literal else { return nil }
    self = value
  }
  public var scalar: Literal { .bool(self) }
}

extension String: ScalarPortValue {
  public static var portType: PortType { .text }
  public init?(literal: Literal) {
    guard case .text(let value) = literal else { return nil }
    self = value
  }
  public var scalar: Literal { .text(self) }
  public var byteCount: Int { utf8.count }
}

/// The start of a random generator: a whole number from 0 up.
public struct Seed: ScalarPortValue, Hashable, ExpressibleByIntegerLiteral {
  public var value: Int

  public init(integerLiteral value: Int) { self.value = value }
  public static var portType: PortType { .seed }
  public init?(literal: Literal) {
    guard case .int(let value) = literal, value >= 0 else { return nil }
    self.value = value
  }
  public var scalar: Literal { .int(value) }
}

/// A file or a folder. It enters keys by its content, not by its name; so it is for inputs: a node
/// that hands one out tells its consumers nothing of what is in it.
public struct FilePath: ScalarPortValue, Hashable {
  public var literalValue: FilePathLiteral

  /// What to open.
  public var resolved: String { literalValue.resolved }
  /// What the graph's author wrote.
  public var written: String { literalValue.written }

  /// A default: found where the port's `locate` says.
  public init(_ written: String) {
    literalValue = FilePathLiteral(written: written, resolved: written)
  }
  public static var portType: PortType { .path }
  public init?(literal: Literal) {
    guard case .path(let path) = literal else { return nil }
    literalValue = path
  }
  public var scalar: Literal { .path(literalValue) }
}

extension ColorLiteral: ScalarPortValue {
  public static var portType: PortType { .color }
  public init?(literal: Literal) {
    guard case .color(let color) = literal else { return nil }
    self = color
  }
  public var scalar: Literal { .color(self) }
}

/// A width and a height, in pixels.
public struct PixelSize: ScalarPortValue, Hashable {
  public var width: Int
  public var height: Int

  public init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }
  public static var portType: PortType { .size }
  public init?(literal: Literal) {
    guard case .size(let width, let height) = literal else { return nil }
    self.init(width: width, height: height)
  }
  public var scalar: Literal { .size(width: width, height: height) }
}

/// A port that takes one of a fixed list of words: conform a `String` enumeration to it.
public protocol ChoicePortValue: ScalarPortValue, CaseIterable, RawRepresentable<String> {}

extension ChoicePortValue {
  public static var portType: PortType { .choice(allCases.map(\.rawValue)) }
  public init?(literal: Literal) {
    guard case .text(let word) = literal else { return nil }
    self.init(rawValue: word)
  }
  public var scalar: Literal { .text(rawValue) }
}
