import Glibc

/// Files that are there whole or not at all.
public enum AtomicFile {
  /// Writes under a temporary name in the same folder and renames it, so that what was at `path`
  /// stays until the new file is complete. Throws `UnwritableFile`, and leaves no temporary file.
  public static func write(_ bytes: [UInt8], to path: String) throws {
    let temporary = temporaryPath(beside: path)
    do {
      try create(temporary, with: bytes)
      guard rename(temporary, path) == 0 else { throw SystemError() }
    } catch let error as SystemError {
      unlink(temporary)
      throw UnwritableFile(path: path, systemError: error.code)
    }
  }

  /// The length of its name does not depend on that of `path`, which may be the longest possible.
  private static func temporaryPath(beside path: String) -> String {
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
    return "\(folder).easel-\(String(UInt64.random(in: 0 ... .max), radix: 36)).part"
  }

  private static func create(_ path: String, with bytes: [UInt8]) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw SystemError() }
    do {
      try write(bytes, to: descriptor)
    } catch {
      close(descriptor)
      throw error
    }
    guard close(descriptor) == 0 else { throw SystemError() }
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) throws {
    try bytes.withUnsafeBytes { bytes in
      var written = 0
      while written < bytes.count {
        let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
        if count < 0, errno == EINTR { continue }
        guard count >= 0 else { throw SystemError() }
        written += count
      }
    }
  }

  /// What the last call of the system failed with.
  private struct SystemError: Error {
    let code = errno
  }
}

/// A file that cannot be written.
public struct UnwritableFile: Error, Hashable, Sendable, CustomStringConvertible {
  /// Where it should be.
  public let path: String
  /// The `errno` of what failed.
  public let systemError: Int32

  /// A sentence that names the file.
  public var description: String { "\(path): cannot be written: \(reason)" }

  private var reason: String {
    switch systemError {
    case ENOENT: "its folder does not exist"
    case EISDIR: "there is a folder of this name"
    default: String(cString: strerror(systemError))
    }
  }
}
