import Graph

/// A value of any type, for ports of nodes that only hand things on. What such a node puts out is known
/// to others by the type that it really has.
public struct AnyValue: PortValue {
  /// The value itself.
  public var value: any PortValue

  /// The type of a port that holds one.
  public static var portType: PortType { .any }
  /// None: what is handed on is stored where it was made.
  public static var storage: PortStorage<Self>? { nil }
  /// The memory that the value holds, in bytes.
  public var byteCount: Int { value.byteCount }
  /// The value as a constant, where it is one.
  public var literal: Literal? { value.literal }

  /// Any value.
  public init(_ value: any PortValue) { self.value = value }

  /// The value that a constant says.
  public init?(literal: Literal) {
    guard let value = literal.naturalType.scalarType?.init(literal: literal) else { return nil }
    self.value = value
  }
}

extension AnyValue: WrappingPortValue {
  static func wrapping(_ value: any PortValue) -> (any PortValue)? { AnyValue(value) }
}
