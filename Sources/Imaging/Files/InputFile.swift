import Glibc

/// Files that are read whole.
enum InputFile {
  /// The first bytes of a regular file, or all of it. Throws `ImageFileError`.
  static func read(_ path: String, upTo limit: Int = .max) throws -> [UInt8] {
    // A named pipe would make a blocking `open` wait for a writer.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw unreadable(path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw unreadable(path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw ImageFileError(file: path, problem: .notARegularFile)
    }
    let byteCount = min(Int(status.st_size), limit)
    return try [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, filled in
      while filled < byteCount {
        let count = Glibc.read(
          descriptor, buffer.baseAddress.map { $0 + filled }, byteCount - filled)
        if count < 0, errno == EINTR { continue }
        guard count >= 0 else { throw unreadable(path) }
        guard count > 0 else { break }
        filled += count
      }
    }
  }

  private static func unreadable(_ path: String) -> ImageFileError {
    ImageFileError(file: path, problem: .unreadable(reason: String(cString: strerror(errno))))
  }
}
