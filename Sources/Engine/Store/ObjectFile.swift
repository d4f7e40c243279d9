import Glibc
import SystemPackage

/// Reads and writes the files of objects, each piece hashed by the thread that moves it.
enum ObjectFile {
  /// Writes the bytes to where `path` says that their name belongs, and gives the name; to nowhere
  /// where that is nil. Throws `Errno`.
  static func write(
    _ bytes: [UInt8], via temporary: () -> String, to path: (Hash256) -> String?
  ) throws -> Hash256 {
    var name: Hash256?
    try Files.write(via: temporary) { file in
      let written = try write(bytes, to: file)
      name = written
      return path(written)
    }
    return name ?? ObjectName.of(bytes)
  }

  private static func write(_ bytes: [UInt8], to file: FileDescriptor) throws -> Hash256 {
    try bytes.withUnsafeBytes { buffer in
      nonisolated(unsafe) let buffer = buffer
      return try ObjectName.of(buffer) { range in
        let piece = UnsafeRawBufferPointer(rebasing: buffer[range])
        try file.writeAll(toAbsoluteOffset: Int64(range.lowerBound), piece)
      }
    }
  }

  /// The bytes of an object; nil when they are not what the name says. Throws `Errno`.
  static func read(_ path: String, _ object: Record.Output) throws -> [UInt8]? {
    try Files.open(path) { file, size in
      guard size == object.byteCount else { return nil }
      var name: Hash256?
      let bytes = try [UInt8](unsafeUninitializedCapacity: size) { buffer, initialized in
        name = try fill(UnsafeMutableRawBufferPointer(buffer), from: file)
        initialized = size
      }
      return name == object.digest ? bytes : nil
    }
  }

  /// Reads as many bytes as there is room for, and gives their name; nil when there are not so many.
  private static func fill(
    _ buffer: UnsafeMutableRawBufferPointer, from file: FileDescriptor
  ) throws -> Hash256? {
    useLargePages(for: buffer)
    // Each thread writes to its own pieces, and nobody reads them before.
    nonisolated(unsafe) let buffer = buffer
    do {
      return try ObjectName.of(UnsafeRawBufferPointer(buffer)) { range in
        var offset = range.lowerBound
        while offset < range.upperBound {
          let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[offset..<range.upperBound])
          let count = try file.read(fromAbsoluteOffset: Int64(offset), into: rest)
          if count == 0 { throw TooShort() }
          offset += count
        }
      }
    } catch is TooShort {
      return nil
    }
  }

  private struct TooShort: Error {}

  /// Touching fresh memory page by page takes longer than reading the file into it.
  private static func useLargePages(for buffer: UnsafeMutableRawBufferPointer) {
    let pageSize = 2 << 20
    guard let start = buffer.baseAddress, buffer.count >= 2 * pageSize else { return }
    let first = start.alignedUp(toMultipleOf: pageSize)
    let last = (start + buffer.count).alignedDown(toMultipleOf: pageSize)
    madvise(first, last - first, MADV_HUGEPAGE)
  }
}
