import Crypto

/// Hashes a sequence of fields so that no two different sequences are the same bytes: each field is
/// preceded by its length.
struct FieldHasher {
  private var hasher = SHA256()

  mutating func add(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      addCount(bytes.count)
      hasher.update(bufferPointer: UnsafeRawBufferPointer(bytes))
    }
  }

  mutating func add(_ hash: Hash256) {
    addCount(32)
    hash.update(&hasher)
  }

  mutating func add(_ number: Int) { addCount(number) }

  func finish() -> Hash256 { Hash256(hasher.finalize()) }

  private mutating func addCount(_ count: Int) {
    withUnsafeBytes(of: Int64(count).littleEndian) { hasher.update(bufferPointer: $0) }
  }
}
