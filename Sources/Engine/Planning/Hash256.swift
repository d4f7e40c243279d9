import Crypto

/// A SHA-256 hash: a node's key, or the name of some content.
public struct Hash256: Hashable, Sendable, CustomStringConvertible, Encodable {
  private let words: SIMD4<UInt64>

  init(_ digest: SHA256.Digest) {
    words = digest.withUnsafeBytes { $0.loadUnaligned(as: SIMD4<UInt64>.self) }
  }

  /// The hash of some bytes.
  public init(of bytes: some Collection<UInt8>) {
    var hasher = SHA256()
    if bytes.withContiguousStorageIfAvailable({
      hasher.update(bufferPointer: UnsafeRawBufferPointer($0))
    }) == nil {
      Array(bytes).withUnsafeBytes { hasher.update(bufferPointer: $0) }
    }
    self.init(hasher.finalize())
  }

  /// Reads the 64 lower-case hexadecimal digits that `description` writes.
  public init?(hex: some StringProtocol) {
    let digits = hex.utf8.compactMap(Self.digit)
    guard digits.count == 64, hex.utf8.count == 64 else { return nil }
    var words = SIMD4<UInt64>()
    withUnsafeMutableBytes(of: &words) { bytes in
      for index in 0..<32 { bytes[index] = digits[2 * index] << 4 | digits[2 * index + 1] }
    }
    self.words = words
  }

  /// The hash of these 32 bytes; nil for another number of them.
  init?(bytes: UnsafeRawBufferPointer) {
    guard bytes.count == 32 else { return nil }
    words = bytes.loadUnaligned(as: SIMD4<UInt64>.self)
  }

  /// A hash that no content has: a name for what must not be found again.
  static func unique() -> Hash256 {
    var words = SIMD4<UInt64>()
    for index in words.indices { words[index] = .random(in: .min ... .max) }
    return Hash256(words: words)
  }

  private init(words: SIMD4<UInt64>) { self.words = words }

  /// 64 lower-case hexadecimal digits.
  public var description: String {
    withUnsafeBytes(of: words) { bytes in
      String(unsafeUninitializedCapacity: 64) { text in
        for (index, byte) in bytes.enumerated() {
          text[2 * index] = Self.letters[Int(byte >> 4)]
          text[2 * index + 1] = Self.letters[Int(byte & 15)]
        }
        return 64
      }
    }
  }

  /// Encodes the hexadecimal digits.
  public func encode(to encoder: any Encoder) throws { try description.encode(to: encoder) }

  /// The 32 bytes.
  func withBytes(_ body: (UnsafeRawBufferPointer) -> Void) { withUnsafeBytes(of: words, body) }

  /// A part of it, not negative: as good as a name where two of a kind do no harm.
  var number: Int { Int(words[0] >> 2) }

  private static let letters = Array("0123456789abcdef".utf8)

  private static func digit(_ letter: UInt8) -> UInt8? {
    letters.firstIndex(of: letter).map(UInt8.init)
  }
}
