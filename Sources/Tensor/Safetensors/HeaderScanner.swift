/// Reads the JSON of a safetensors header: objects, strings and natural numbers, nothing else.
///
/// A general JSON reader takes ten times as long, and hides what the format forbids: duplicate keys.
struct HeaderScanner {
  private let bytes: UnsafeRawBufferPointer
  private(set) var offset = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// Scans `{ "key": value, ... }`; `value` must scan the value. No key may stand there twice.
  mutating func object(_ value: (inout HeaderScanner, String) throws -> Void) throws {
    try expect("{")
    if take("}") { return }
    var keys: Set<String> = []
    repeat {
      let start = offset
      let key = try string()
      guard keys.insert(key).inserted else { throw malformed("`\(key)` stands twice", at: start) }
      try expect(":")
      try value(&self, key)
    } while take(",")
    try expect("}")
  }

  /// Scans `[1, 2, ...]`.
  mutating func naturals() throws -> [Int] {
    try expect("[")
    if take("]") { return [] }
    var numbers: [Int] = []
    repeat { numbers.append(try natural()) } while take(",")
    try expect("]")
    return numbers
  }

  /// Scans a number without sign, fraction and exponent.
  mutating func natural() throws -> Int {
    skipSpace()
    let start = offset
    var number = 0
    while let digit = digit() {
      let (tens, overflowed) = number.multipliedReportingOverflow(by: 10)
      let (sum, overflowedToo) = tens.addingReportingOverflow(digit)
      guard !overflowed, !overflowedToo else { throw malformed("a number is too large", at: start) }
      number = sum
      offset += 1
    }
    guard offset > start else { throw malformed("expected a number without sign", at: start) }
    guard offset == start + 1 || bytes[start] != UInt8(ascii: "0") else {
      throw malformed("a number begins with 0", at: start)
    }
    return number
  }

  /// Nothing but spaces may follow.
  mutating func end() throws {
    skipSpace()
    guard offset == bytes.count else { throw malformed("more follows after the end") }
  }

  func malformed(_ reason: String, at place: Int? = nil) -> SafetensorsError.Problem {
    .malformedHeader(reason: reason, offset: place ?? offset)
  }

  // MARK: - Strings

  /// Scans a string in quotes.
  mutating func string() throws -> String {
    try expect("\"")
    let start = offset
    while let byte = peek(), byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
      offset += 1
    }
    let plain = bytes[start..<offset]
    if peek() == UInt8(ascii: "\"") {
      offset += 1
      return try text(plain, at: start)
    }
    return try escapedString(after: Array(plain), at: start)
  }

  private mutating func escapedString(
    after plain: [UInt8], at start: Int
  ) throws -> String {
    var content = plain
    while let byte = peek(), byte >= 0x20 {
      offset += 1
      switch byte {
      case UInt8(ascii: "\""): return try text(content, at: start)
      case UInt8(ascii: "\\"): content += String(try escape()).utf8
      default: content.append(byte)
      }
    }
    throw malformed("a string does not end", at: start - 1)
  }

  private func text(_ bytes: some Collection<UInt8>, at start: Int) throws -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw malformed("a string is not UTF-8", at: start)
    }
    return text
  }

  private mutating func escape() throws -> Character {
    let start = offset - 1
    guard let byte = peek() else { throw malformed("a string does not end", at: start) }
    offset += 1
    if byte == UInt8(ascii: "u") { return Character(try unicodeEscape(at: start)) }
    guard let character = Self.escapes[byte] else { throw malformed("unknown escape", at: start) }
    return character
  }

  private static let escapes: [UInt8: Character] = [
    UInt8(ascii: "\""): "\"", UInt8(ascii: "\\"): "\\", UInt8(ascii: "/"): "/",
    UInt8(ascii: "b"): "\u{8}", UInt8(ascii: "f"): "\u{c}", UInt8(ascii: "n"): "\n",
    UInt8(ascii: "r"): "\r", UInt8(ascii: "t"): "\t",
  ]

  /// Four digits, or a surrogate pair of them.
  private mutating func unicodeEscape(at start: Int) throws -> Unicode.Scalar {
    var code = try codeUnit(at: start)
    if UTF16.isLeadSurrogate(code), peek() == UInt8(ascii: "\\"), peek(1) == UInt8(ascii: "u") {
      offset += 2
      let trail = try codeUnit(at: start)
      if UTF16.isTrailSurrogate(trail) {
        return UTF16.decode(UTF16.EncodedScalar([code, trail]))
      }
      code = trail
    }
    guard let scalar = Unicode.Scalar(code) else { throw malformed("unknown escape", at: start) }
    return scalar
  }

  private mutating func codeUnit(at start: Int) throws -> UInt16 {
    let end = offset + 4
    guard end <= bytes.count,
      let unit = UInt16(String(decoding: bytes[offset..<end], as: UTF8.self), radix: 16)
    else { throw malformed("unknown escape", at: start) }
    offset = end
    return unit
  }

  // MARK: - Single bytes

  private func peek(_ distance: Int = 0) -> UInt8? {
    offset + distance < bytes.count ? bytes[offset + distance] : nil
  }

  private func digit() -> Int? {
    peek().flatMap { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) ? Int($0) - 48 : nil }
  }

  private mutating func skipSpace() {
    while let byte = peek(), [0x20, 0x09, 0x0a, 0x0d].contains(byte) { offset += 1 }
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    skipSpace()
    guard peek() == UInt8(ascii: scalar) else { return false }
    offset += 1
    return true
  }

  private mutating func expect(_ scalar: Unicode.Scalar) throws {
    guard take(scalar) else { throw malformed("expected `\(scalar)`") }
  }
}
