import Glibc

/// Where the checker gets the bytes of graph files from.
public struct SourceReader: Sendable {
  /// The bytes of a file; throws `SourceReadFailure`.
  public var read: @Sendable (_ path: String) throws(SourceReadFailure) -> [UInt8]

  /// A reader of its own making, such as one over texts in memory.
  public init(read: @escaping @Sendable (_ path: String) throws(SourceReadFailure) -> [UInt8]) {
    self.read = read
  }

  /// The size that a graph file may have, in bytes.
  public static let sizeLimit = 4 << 20

  /// Reads regular files from the disk.
  public static let disk = SourceReader(read: readFile)

  /// Reads from texts by path.
  public static func memory(_ files: [String: [UInt8]]) -> SourceReader {
    SourceReader { path throws(SourceReadFailure) in
      guard let bytes = files[path] else { throw .notFound }
      guard bytes.count <= sizeLimit else { throw .tooLarge(bytes: bytes.count) }
      return bytes
    }
  }
}

/// Why a graph file cannot be read.
public enum SourceReadFailure: Error, Hashable, Sendable {
  case notFound
  case notAFile
  case tooLarge(bytes: Int)
  /// The system's reason, by `errno`.
  case system(Int32)
}

@Sendable private func readFile(_ path: String) throws(SourceReadFailure) -> [UInt8] {
  // Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
  let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
  guard file >= 0 else { throw errno == ENOENT ? .notFound : .system(errno) }
  defer { close(file) }
  var status = stat()
  guard fstat(file, &status) == 0 else { throw .system(errno) }
  guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile }
  let size = Int(status.st_size)
  guard size <= SourceReader.sizeLimit else { throw .tooLarge(bytes: size) }
  return try readBytes(upTo: size, from: file)
}

private func readBytes(upTo size: Int, from file: Int32) throws(SourceReadFailure) -> [UInt8] {
  var failure: Int32 = 0
  let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
    while filled < size {
      let count = Glibc.read(file, buffer.baseAddress.map { $0 + filled }, size - filled)
      if count < 0, errno == EINTR { continue }
      if count < 0 { failure = errno }
      if count <= 0 { return }
      filled += count
    }
  }
  if failure != 0 { throw .system(failure) }
  return bytes
}
