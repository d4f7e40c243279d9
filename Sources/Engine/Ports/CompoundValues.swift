import Graph

/// A value with another inside, whose type is not known.
protocol WrappingPortValue {
  /// `value` inside a value of this type; nil when it is of a type that has no place there.
  static func wrapping(_ value: any PortValue) -> (any PortValue)?
}

/// An optional input's value, whose wrapped type is not known.
protocol OptionalPortValue: WrappingPortValue {
  /// The value of an input that was left out.
  static var absent: any PortValue { get }
}

/// An input that may be left out. Only inputs are optional, so no such value is ever stored.
extension Optional: PortValue where Wrapped: PortValue {
  /// The type of the value that may be absent.
  public static var portType: PortType { Wrapped.portType }
  /// None: see above.
  public static var storage: PortStorage<Self>? { nil }
  /// The memory that the value holds, in bytes.
  public var byteCount: Int { self?.byteCount ?? 0 }
  /// The value as a constant, where it is one.
  public var literal: Literal? { self?.literal }
  /// Nil for a literal of another kind.
  public init?(literal: Literal) {
    guard let value = Wrapped(literal: literal) else { return nil }
    self = value
  }
}

extension Optional: OptionalPortValue where Wrapped: PortValue {
  static var absent: any PortValue { Self.none }
}

extension Optional: WrappingPortValue where Wrapped: PortValue {
  static func wrapping(_ value: any PortValue) -> (any PortValue)? {
    (value as? Wrapped).map(Self.some)
  }
}
