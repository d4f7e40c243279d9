import Graph

/// A value that travels between nodes.
///
/// The engine knows nothing of pictures and models: what it must know of a value stands here.
public protocol PortValue: Sendable {
  /// The type of a port that holds such a value, before anything is inferred.
  static var portType: PortType { get }

  /// How values of this type are kept in the store; nil for handles, which are made again from
  /// their files whenever a node that needs them runs.
  static var storage: PortStorage<Self>? { get }

  /// Whether this value may be kept in the store: one that holds a handle may not, and is made again as handles are.
  var isStorable: Bool { get }

  /// The memory that the value holds, in bytes.
  var byteCount: Int { get }

  /// The value of a port that is bound to a constant; nil where a literal cannot say such a value.
  init?(literal: Literal)

  /// The value as a constant, for expressions; nil for what is no scalar.
  var literal: Literal? { get }
}

/// How a kind of value is written to the store and read back.
///
/// Equal values encode to equal bytes: the digest of the bytes is the value's name.
public struct PortStorage<Value>: Sendable {
  /// The bytes of a value.
  public var encode: @Sendable (Value) throws -> [UInt8]
  /// The value of some bytes, which must not escape. Throws when they are not such a value's.
  public var decode: @Sendable (UnsafeRawBufferPointer) throws -> Value

  /// A way to write values, and the way to read them.
  public init(
    encode: @escaping @Sendable (Value) throws -> [UInt8],
    decode: @escaping @Sendable (UnsafeRawBufferPointer) throws -> Value
  ) {
    self.encode = encode
    self.decode = decode
  }
}

extension PortValue {
  /// Most values hold no handles.
  public var isStorable: Bool { true }
  /// Nil: most values cannot be said by a literal.
  public init?(literal: Literal) { nil }
  /// Nil: most values are no scalars.
  public var literal: Literal? { nil }
}
