/// In which order a number's bytes stand in a file.
enum ByteOrder {
  case bigEndian
  case littleEndian
}

extension ArraySlice<UInt8> {
  /// The whole number in `count` bytes, `offset` bytes from the start; nil where these are not all
  /// there.
  func integer(at offset: Int, bytes count: Int, _ order: ByteOrder) -> Int? {
    guard offset >= 0, offset <= self.count - count else { return nil }
    let bytes = dropFirst(offset).prefix(count)
    return switch order {
    case .bigEndian: bytes.reduce(0) { $0 << 8 | Int($1) }
    case .littleEndian: bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
    }
  }
}
