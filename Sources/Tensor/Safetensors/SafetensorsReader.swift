/// Reads safetensors from memory.
public enum SafetensorsReader {
  /// All tensors of a whole file in memory, converted to f32.
  ///
  /// - Parameter name: what to call the file in errors.
  /// - Throws: `SafetensorsError`.
  public static func decode(
    _ bytes: UnsafeRawBufferPointer, name: String
  ) throws -> [String: Tensor] {
    try SafetensorsHeader(of: bytes, file: name).tensors.mapValues { Tensor($0, in: bytes) }
  }
}

extension Tensor {
  /// The elements of one tensor of a file, converted to f32.
  init(_ entry: SafetensorsHeader.Entry, in file: UnsafeRawBufferPointer) {
    let source = StoredElements(bytes: file, entry: entry)
    self.init(entry.shape, by: .weights, items: entry.shape.count, cost: 1) {
      source.widen($0, into: $1)
    }
  }
}

/// `@unchecked Sendable`: the bytes are only read, and outlive the loop that reads them.
private struct StoredElements: @unchecked Sendable {
  let bytes: UnsafeRawBufferPointer
  let entry: SafetensorsHeader.Entry

  func widen(_ range: Range<Int>, into output: UnsafeMutablePointer<Float>) {
    let size = entry.dtype.byteCount
    let start = entry.range.lowerBound + range.lowerBound * size
    entry.dtype.widen(
      UnsafeRawBufferPointer(rebasing: bytes[start..<start + range.count * size]),
      into: UnsafeMutableBufferPointer(start: output + range.lowerBound, count: range.count))
  }
}
