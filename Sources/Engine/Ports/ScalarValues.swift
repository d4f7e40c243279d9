import Graph

/// A value that a literal says whole.
public protocol ScalarPortValue: PortValue {
  /// Nil for a literal of another kind, or out of the range of the type.
  init?(literal: Literal)
  /// The value as a constant.
  var scalar: Literal { get }
}

extension ScalarPortValue {
  /// The value as a constant.
  public var literal: Literal? { scalar }
  /// The memory that the value holds, in bytes.
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
  /// The type of a port that holds one.
  public static var portType: PortType { .int }
  /// Nil for a literal of another kind.
  public init?(literal: Literal) {
    guard case .int(let value) = literal else { return nil }
    self = value
  }
  /// The value as a constant.
  public var scalar: Literal { .int(self) }
}

extension Double: ScalarPortValue {
  /// The type of a port that holds one.
  public static var portType: PortType { .float }
  /// Nil for a literal of another kind.
  public init?(literal: Literal) {
    switch literal {
    case .float(let value): self = value
    case .int(let value): self = Double(value)
    default: return nil
    }
  }
  /// The value as a constant.
  public var scalar: Literal { .float(self) }
}

extension Bool: ScalarPortValue {
  /// The type of a port that holds one.
  public static var portType: PortType { .bool }
  /// Nil for a literal of another kind.
  public init?(literal: Literal) {
    guard case .bool(let value) = literal else { return nil }
    self = value
  }
  /// The value as a constant.
  public var scalar: Literal { .bool(self) }
}

extension String: ScalarPortValue {
  /// The type of a port that holds one.
  public static var portType: PortType { .text }
  /// Nil for a literal of another kind.
  public init?(literal: Literal) {
    guard case .text(let value) = literal else { return nil }
    self = value
  }
  /// The value as a constant.
  public var scalar: Literal { .text(self) }
  /// The memory that the value holds, in bytes.
  public var byteCount: Int { utf8.count }
}

/// The start of a random generator: a whole number from 0 up.
public struct Seed: ScalarPortValue, Hashable, ExpressibleByIntegerLiteral {
  /// From 0 up.
  public var value: Int

  /// A seed that is written in the source.
  public init(integerLiteral value: Int) { self.value = value }
  /// The type of a port that holds one.
  public static var portType: PortType { .seed }
  /// Nil for a literal of another kind.
  public init?(literal: Literal) {
    guard case .int(let value) = literal, value >= 0 else { return nil }
    self.value = value
  }
  /// The value as a constant.
  public var scalar: Literal { .int(value) }
}

/// A file or a folder. It enters keys by its content, not by its name; so it is for inputs: a node
/// that hands one out tells its consumers nothing of what is in it.
public struct FilePath: ScalarPortValue, Hashable {
  /// As it was written, and what to open.
  public var literalValue: FilePathLiteral

  /// What to open.
  public var resolved: String { literalValue.resolved }
  /// What the graph's author wrote.
  public var written: String { literalValue.written }

  /// A default: found where the port's `locate` says.
  public init(_ written: String) {
    literalValue = FilePathLiteral(written: written, resolved: written)
  }
  /// A path that was found by another.
  public init(_ literal: FilePathLiteral) { literalValue = literal }
  /// The type of a port that holds one.
  public static var portType: PortType { .path }
  /// Nil for a literal of another kind.
  public init?(literal: Literal) {
    guard case .path(let path) = literal else { return nil }
    literalValue = path
  }
  /// The value as a constant.
  public var scalar: Literal { .path(literalValue) }
}

extension ColorLiteral: ScalarPortValue {
  /// The type of a port that holds one.
  public static var portType: PortType { .color }
  /// Nil for a literal of another kind.
  public init?(literal: Literal) {
    guard case .color(let color) = literal else { return nil }
    self = color
  }
  /// The value as a constant.
  public var scalar: Literal { .color(self) }
}

/// A width and a height, in pixels.
public struct PixelSize: ScalarPortValue, Hashable {
  /// In pixels.
  public var width: Int
  /// In pixels.
  public var height: Int

  /// A size in pixels.
  public init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }
  /// The type of a port that holds one.
  public static var portType: PortType { .size }
  /// Nil for a literal of another kind.
  public init?(literal: Literal) {
    guard case .size(let width, let height) = literal else { return nil }
    self.init(width: width, height: height)
  }
  /// The value as a constant.
  public var scalar: Literal { .size(width: width, height: height) }
}

/// A port that takes one of a fixed list of words: conform a `String` enumeration to it.
public protocol ChoicePortValue: ScalarPortValue, CaseIterable, RawRepresentable<String> {}

extension ChoicePortValue {
  /// The type of a port that holds one.
  public static var portType: PortType { .choice(allCases.map(\.rawValue)) }
  /// Nil for a literal of another kind.
  public init?(literal: Literal) {
    guard case .text(let word) = literal else { return nil }
    self.init(rawValue: word)
  }
  /// The value as a constant.
  public var scalar: Literal { .text(rawValue) }
}
