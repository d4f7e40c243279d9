/// Writes numbers and texts behind one another.
struct HistoryWriter {
  private(set) var bytes: [UInt8] = []

  /// Seven bits a byte, the lowest first (LEB128).
  mutating func add(_ number: Int) {
    var rest = UInt(bitPattern: number)
    while rest >= 128 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 128)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  mutating func add(_ text: String) {
    add(text.utf8.count)
    bytes += text.utf8
  }

  mutating func add(_ hash: Hash256) { hash.withBytes { bytes += $0 } }

  mutating func add<Element>(
    _ elements: [Element], _ body: (Element, inout HistoryWriter) -> Void
  ) {
    add(elements.count)
    for element in elements { body(element, &self) }
  }
}

/// Reads what a `HistoryWriter` wrote. Throws `Malformed` where it cannot have.
struct HistoryReader {
  struct Malformed: Error {}

  private var rest: ArraySlice<UInt8>
  /// How deep components stand in each other: no graph's do deeper.
  private var depth = 0
  private static let depthLimit = 400

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func number() throws -> Int {
    var number: UInt = 0
    for shift in stride(from: 0, to: 64, by: 7) {
      guard let byte = rest.popFirst() else { throw Malformed() }
      number |= UInt(byte & 127) << UInt(shift)
      if byte < 128 { return Int(bitPattern: number) }
    }
    throw Malformed()
  }

  mutating func text() throws -> String { String(decoding: try bytes(try number()), as: UTF8.self) }

  mutating func hash() throws -> Hash256 {
    try bytes(32).withUnsafeBytes { Hash256(bytes: $0) } ?? { throw Malformed() }()
  }

  mutating func array<Element>(
    _ body: (inout HistoryReader) throws -> Element
  ) throws -> [Element] {
    let count = try number()
    // Each element takes a byte at least.
    guard (0...rest.count).contains(count) else { throw Malformed() }
    return try (0..<count).map { _ in try body(&self) }
  }

  mutating func nested<Result>(_ body: (inout HistoryReader) throws -> Result) throws -> Result {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else { throw Malformed() }
    return try body(&self)
  }

  private mutating func bytes(_ count: Int) throws -> ArraySlice<UInt8> {
    guard count >= 0, count <= rest.count else { throw Malformed() }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }
}
