import Graph

/// A list, or what may be one, whose elements' type is not known.
protocol ListPortValue {
  /// The list of these elements; nil where one is of another type.
  static func gathering(_ elements: [PortArgument]) -> (any PortValue)?
}

extension Array: ListPortValue where Element: PortValue {
  static func gathering(_ elements: [PortArgument]) -> (any PortValue)? {
    let values = elements.compactMap { Element.accepting($0) }
    return values.count == elements.count ? values : nil
  }
}

extension Optional: ListPortValue where Wrapped: ListPortValue {
  static func gathering(_ elements: [PortArgument]) -> (any PortValue)? {
    Wrapped.gathering(elements)
  }
}

/// A list of values of one type.
extension Array: PortValue where Element: PortValue {
  /// The type of a port that holds one.
  public static var portType: PortType { .list(Element.portType) }
  /// The memory that the value holds, in bytes.
  public var byteCount: Int { reduce(0) { $0 + $1.byteCount } }

  /// A list of constants; nil where an element is none.
  public var literal: Literal? {
    let literals = compactMap(\.literal)
    return literals.count == count ? .list(literals) : nil
  }

  /// Nil for what is no list of such elements.
  public init?(literal: Literal) {
    guard case .list(let literals) = literal else { return nil }
    let values = literals.compactMap { Element(literal: $0) }
    guard values.count == literals.count else { return nil }
    self = values
  }

  /// Whether all of its elements may be kept.
  public var isStorable: Bool { allSatisfy(\.isStorable) }

  /// The stored form of a list: see `StoredList`.
  public static var storage: PortStorage<Self>? {
    guard let element = Element.storage else { return nil }
    return PortStorage(
      encode: { StoredList.encode(try $0.map(element.encode)) },
      decode: { try StoredList.split($0).map(element.decode) })
  }
}

/// A list that a graph hands out, of values that come from different nodes. It is never stored, for its
/// elements are.
public struct GatheredList: PortValue {
  /// Values of one type.
  public var elements: [any PortValue]
  /// Where they stand in the list, counted from 1.
  public var numbers: [Int]
  /// How many elements the list has: more than there are here where a run went on after some failed.
  public var count: Int

  /// Elements, in their order; nil for those that there are not.
  public init(_ elements: [(any PortValue)?]) {
    self.elements = elements.compactMap(\.self)
    numbers = elements.indices.filter { elements[$0] != nil }.map { $0 + 1 }
    count = elements.count
  }

  /// The type of a port that holds one.
  public static var portType: PortType { .list(.any) }
  /// None: see above.
  public static var storage: PortStorage<Self>? { nil }
  /// The memory that the value holds, in bytes.
  public var byteCount: Int { elements.reduce(0) { $0 + $1.byteCount } }
}

/// The bytes of a list: the number of elements and the length of each, as 64-bit little-endian
/// numbers; then the elements, each on a multiple of 64 bytes.
enum StoredList {
  /// A stored list that does not read as one.
  struct Malformed: Error {}

  static func encode(_ elements: [[UInt8]]) -> [UInt8] {
    var bytes: [UInt8] = []
    for number in [elements.count] + elements.map(\.count) {
      withUnsafeBytes(of: UInt64(number).littleEndian) { bytes += $0 }
    }
    for element in elements {
      bytes += repeatElement(0, count: aligned(bytes.count) - bytes.count)
      bytes += element
    }
    return bytes
  }

  static func split(_ bytes: UnsafeRawBufferPointer) throws -> [UnsafeRawBufferPointer] {
    let count = try number(0, in: bytes)
    guard count < bytes.count / 8 else { throw Malformed() }
    var offset = 8 * (count + 1)
    return try (0..<count).map { index in
      let start = aligned(offset)
      let length = try number(index + 1, in: bytes)
      guard start <= bytes.count, length <= bytes.count - start else { throw Malformed() }
      offset = start + length
      return UnsafeRawBufferPointer(rebasing: bytes[start..<offset])
    }
  }

  private static func number(_ index: Int, in bytes: UnsafeRawBufferPointer) throws -> Int {
    guard 8 * index + 8 <= bytes.count,
      let number = Int(
        exactly: UInt64(
          littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self)))
    else { throw Malformed() }
    return number
  }

  private static func aligned(_ offset: Int) -> Int { (offset + 63) / 64 * 64 }
}
