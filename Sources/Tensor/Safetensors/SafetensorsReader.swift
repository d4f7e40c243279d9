/// Reads safetensors from memory.
public enum SafetensorsReader {
  /// All tensors of a whole file in memory, converted to f32.
  ///
  /// - Parameter name: what to call the file in errors.
  /// - Throws: `SafetensorsError`.
  public static func decode(
    _ bytes: UnsafeRawBufferPointer, name: String
  ) throws -> [String: Tensor] {
    try SafetensorsHeader(of: bytes, file: name).tensors.mapValues {
      StoredElements($0, in: bytes, owner: 0, isMapped: false).read()
    }
  }
}

extension StoredElements {
  /// The elements of one tensor of a file whose bytes the owner keeps alive.
  init(
    _ entry: SafetensorsHeader.Entry, in file: UnsafeRawBufferPointer, owner: any Sendable,
    isMapped: Bool
  ) {
    self.init(
      shape: entry.shape, dtype: entry.dtype,
      bytes: UnsafeRawBufferPointer(rebasing: file[entry.range]), owner: owner, isMapped: isMapped)
  }
}
