/// What a safetensors file says about its tensors, before any of them is read.
///
/// Source: the format's description, https://github.com/huggingface/safetensors#format. All that it
/// demands is checked: the tensors fit their shapes and the file, and neither overlap nor leave holes.
public struct SafetensorsHeader: Sendable {
  /// One tensor.
  public struct Entry: Sendable, Equatable {
    /// How its elements are stored.
    public let dtype: DType
    /// The sizes of its axes.
    public let shape: Shape
    /// The bytes of its elements, counted from the beginning of the file.
    public let range: Range<Int>
  }

  /// By name.
  public let tensors: [String: Entry]
  /// The free text under `__metadata__`.
  public let metadata: [String: String]

  /// The longest header that is read, in bytes.
  static let maximumByteCount = 100_000_000

  /// Reads the header of a file, and nothing more.
  ///
  /// - Throws: `SafetensorsError`.
  public init(readingFrom path: String) throws {
    let file = try ReadOnlyFile(path: path)
    let prefix = try file.read(0..<min(Self.prefixByteCount, file.byteCount))
    let end = try prefix.withUnsafeBytes {
      try Self.end(prefix: $0, fileByteCount: file.byteCount, file: path)
    }
    let text = try file.read(Self.prefixByteCount..<end)
    self = try text.withUnsafeBytes {
      try Self(text: $0, fileByteCount: file.byteCount, file: path)
    }
  }

  /// Reads the header of a whole file in memory.
  init(of bytes: UnsafeRawBufferPointer, file: String) throws {
    let end = try Self.end(prefix: bytes, fileByteCount: bytes.count, file: file)
    try self.init(
      text: UnsafeRawBufferPointer(rebasing: bytes[Self.prefixByteCount..<end]),
      fileByteCount: bytes.count, file: file)
  }

  /// The header's length stands before it, as a little-endian u64.
  private static let prefixByteCount = 8

  /// Where the header ends and the elements begin.
  private static func end(
    prefix: UnsafeRawBufferPointer, fileByteCount: Int, file: String
  ) throws -> Int {
    guard fileByteCount >= prefixByteCount else {
      throw SafetensorsError(file: file, problem: .tooShort(byteCount: fileByteCount))
    }
    let length = UInt64(littleEndian: prefix.loadUnaligned(as: UInt64.self))
    guard length <= maximumByteCount else {
      throw SafetensorsError(
        file: file, problem: .headerTooLong(byteCount: length, limit: maximumByteCount))
    }
    let available = fileByteCount - prefixByteCount
    guard length <= available else {
      throw SafetensorsError(
        file: file, problem: .headerTruncated(byteCount: Int(length), available: available))
    }
    return prefixByteCount + Int(length)
  }

  private init(
    text: UnsafeRawBufferPointer, fileByteCount: Int, file: String
  ) throws {
    do {
      let listing = try HeaderListing(scanning: text)
      let dataStart = Self.prefixByteCount + text.count
      metadata = listing.metadata
      tensors = try listing.checkedEntries(
        dataStart: dataStart, dataByteCount: fileByteCount - dataStart)
    } catch let problem as SafetensorsError.Problem {
      throw SafetensorsError(file: file, problem: problem)
    }
  }
}
