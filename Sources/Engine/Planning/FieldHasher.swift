/// Hashes a sequence of fields so that no two different sequences are the same bytes: each field is
/// preceded by its length.
struct FieldHasher {
  private var bytes: [UInt8] = []

  init() { bytes.reserveCapacity(1024) }

  mutating func add(_ text: String) {
    add(text.utf8.count)
    bytes += text.utf8
  }

  mutating func add(_ hash: Hash256) {
    add(32)
    hash.withBytes { bytes += $0 }
  }

  mutating func add(_ number: Int) {
    withUnsafeBytes(of: Int64(number).littleEndian) { bytes += $0 }
  }

  func finish() -> Hash256 { Hash256(of: bytes) }
}
