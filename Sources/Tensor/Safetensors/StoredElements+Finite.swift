extension StoredElements {
  /// Whether every element is a finite number. Of the types that are no floating-point numbers, all are.
  public var isFinite: Bool {
    switch dtype {
    case .float16: !holds(UInt16.self, withAllOf: 0x7c00)
    case .bfloat16: !holds(UInt16.self, withAllOf: 0x7f80)
    case .float32: !holds(UInt32.self, withAllOf: 0x7f80_0000)
    case .float64: !holds(UInt64.self, withAllOf: 0x7ff0_0000_0000_0000)
    default: true
    }
  }

  /// Whether an element has all bits of a mask: those of the exponent are set in infinities and in what is no number.
  private func holds<Word: FixedWidthInteger & BitwiseCopyable>(
    _ type: Word.Type, withAllOf mask: Word
  ) -> Bool {
    stride(from: 0, to: bytes.count, by: MemoryLayout<Word>.size).contains { offset in
      Word(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Word.self)) & mask == mask
    }
  }
}
