import Crypto
import Glibc
import SystemPackage

/// The reading of a whole file for its digest.
enum FileHashing {
  /// Long enough for the calls not to count, short enough for a processor's cache.
  private static let pieceLength = 1 << 20

  /// The digest of a file's bytes, with the stamp from before the first byte was read. Throws `Errno`;
  /// `CancellationError` where the task is cancelled meanwhile.
  static func hash(
    _ path: String, _ progress: @escaping @Sendable (HashingProgress) -> Void
  ) throws -> (Hash256, FileStamp) {
    let file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
    return try file.closeAfter {
      let stamp = try Files.stamp(of: file)
      // The system reads ahead while what came before is hashed.
      posix_fadvise(file.rawValue, 0, 0, POSIX_FADV_SEQUENTIAL)
      var meter = HashingMeter(path: path, total: stamp.size, progress)
      let digest = try hash(file) { meter.advance(by: $0) }
      meter.finish()
      return (digest, stamp)
    }
  }

  private static func hash(
    _ file: FileDescriptor, advanced: (_ count: Int) -> Void
  ) throws -> Hash256 {
    var hasher = SHA256()
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: pieceLength, alignment: 64)
    defer { piece.deallocate() }
    while case let count = try file.read(into: piece), count > 0 {
      hasher.update(bufferPointer: UnsafeRawBufferPointer(rebasing: piece[..<count]))
      if Task.isCancelled { throw CancellationError() }
      advanced(count)
    }
    return Hash256(hasher.finalize())
  }
}
