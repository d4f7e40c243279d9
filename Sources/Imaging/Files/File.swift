import Glibc

/// Whole files, by the system's calls.
enum File {
  /// The first bytes of a file, or all. Throws `ImageFileError`.
  static func read(_ path: String, upTo limit: Int = .max) throws -> [UInt8] {
    guard let file = fopen(path, "rb") else { throw unreadable(path) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: min(limit, 1 << 20))
    while bytes.count < limit {
      let count = fread(&buffer, 1, min(buffer.count, limit - bytes.count), file)
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    guard ferror(file) == 0 else { throw unreadable(path) }
    return bytes
  }

  private static func unreadable(_ path: String) -> ImageFileError {
    .unreadable(path: path, reason: String(cString: strerror(errno)))
  }
}

/// Files that are there whole or not at all.
public enum AtomicFile {
  /// Writes under a temporary name in the same folder, and renames. Throws `ImageFileError`, and leaves
  /// what was there.
  public static func write(_ bytes: [UInt8], to path: String) throws {
    let temporary = "\(path).\(getpid()).part"
    do {
      try writeAll(bytes, to: temporary)
      guard rename(temporary, path) == 0 else { throw SystemFailure() }
    } catch let failure as SystemFailure {
      unlink(temporary)
      throw ImageFileError.unwritable(path: path, reason: failure.reason)
    }
  }

  private static func writeAll(_ bytes: [UInt8], to path: String) throws {
    guard let file = fopen(path, "wb") else { throw SystemFailure() }
    let written = fwrite(bytes, 1, bytes.count, file)
    let failure = SystemFailure()
    guard fclose(file) == 0 else { throw SystemFailure() }
    guard written == bytes.count else { throw failure }
  }

  /// What the system said last.
  private struct SystemFailure: Error {
    let reason = String(cString: strerror(errno))
  }
}
