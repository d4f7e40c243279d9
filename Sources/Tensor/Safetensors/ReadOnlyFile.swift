import Glibc

/// A regular file that is open for reading.
final class ReadOnlyFile {
  let byteCount: Int
  private let path: String
  private let descriptor: Int32

  init(path: String) throws {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.unreadable(path) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let error = Self.unreadable(path)
      close(descriptor)
      throw error
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw SafetensorsError(file: path, problem: .notARegularFile)
    }
    byteCount = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// A part of the file.
  func read(_ range: Range<Int>) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: range.count)
    var filled = 0
    while filled < range.count {
      let count = bytes.withUnsafeMutableBytes {
        pread(
          descriptor, $0.baseAddress.map { $0 + filled }, range.count - filled,
          range.lowerBound + filled)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Self.unreadable(path) }
      guard count > 0 else {
        throw SafetensorsError(file: path, problem: .unreadable(reason: "it shrank"))
      }
      filled += count
    }
    return bytes
  }

  /// The whole file in memory, until `munmap`. An empty file cannot be mapped.
  func map() throws -> UnsafeRawBufferPointer {
    guard byteCount > 0 else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    guard let start = mmap(nil, byteCount, PROT_READ, MAP_PRIVATE, descriptor, 0),
      start != MAP_FAILED
    else { throw Self.unreadable(path) }
    return UnsafeRawBufferPointer(start: start, count: byteCount)
  }

  private static func unreadable(_ path: String) -> SafetensorsError {
    SafetensorsError(file: path, problem: .unreadable(reason: String(cString: strerror(errno))))
  }
}
