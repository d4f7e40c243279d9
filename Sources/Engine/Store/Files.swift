import Glibc
import SystemPackage

/// The few things that the store and the planner do with files. Each throws `Errno`.
enum Files {
  /// The whole content of a regular file, which may be `limit` bytes long.
  static func read(_ path: String, limit: Int = .max) throws -> [UInt8] {
    try open(path) { file, size in
      guard size <= limit else { throw Errno.fileTooLarge }
      var count = 0
      return try [UInt8](unsafeUninitializedCapacity: size) { buffer, initialized in
        let buffer = UnsafeMutableRawBufferPointer(buffer)
        while count < size {
          let read = try file.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
          if read == 0 { break }
          count += read
        }
        initialized = count
      }
    }
  }

  /// Opens a regular file for reading. A pipe in a file's place is not waited for.
  static func open<Result>(
    _ path: String, _ body: (_ file: FileDescriptor, _ size: Int) throws -> Result
  ) throws -> Result {
    let file = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .nonBlocking])
    return try file.closeAfter {
      let stamp = try stamp(of: file)
      guard stamp.kind == .file else { throw Errno.invalidArgument }
      return try body(file, stamp.size)
    }
  }

  /// Writes a file so that it is there whole or not at all.
  static func write(
    _ bytes: some Sequence<UInt8>, to path: String, via temporary: @autoclosure () -> String
  ) throws {
    try write(via: temporary) { file in
      try file.writeAll(bytes)
      return path
    }
  }

  /// Writes a file so that it is there whole or not at all: under a temporary name first, in a
  /// folder of the same file system. `fill` writes the content and gives the path that it belongs to;
  /// nil when it is not wanted after all.
  ///
  /// Tries again where somebody else has removed the temporary file, or a folder, in the meantime.
  static func write(
    via temporary: () -> String, filling fill: (FileDescriptor) throws -> String?
  ) throws {
    for _ in 1..<3 {
      do {
        return try writeOnce(via: temporary(), fill)
      } catch Errno.noSuchFileOrDirectory {
        continue
      }
    }
    try writeOnce(via: temporary(), fill)
  }

  private static func writeOnce(
    via temporary: String, _ fill: (FileDescriptor) throws -> String?
  ) throws {
    do {
      let file = try making(parent(of: temporary)) {
        try FileDescriptor.open(
          temporary, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
          permissions: .init(rawValue: 0o666))
      }
      guard let path = try file.closeAfter({ try fill(file) }) else {
        remove(temporary)
        return
      }
      try making(parent(of: path)) { try check(rename(temporary, path)) }
    } catch {
      remove(temporary)
      throw error
    }
  }

  /// Does something to a file in a folder, which is made if it is not there.
  static func making<Result>(_ folder: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch Errno.noSuchFileOrDirectory {
      try makeFolder(folder)
      return try body()
    }
  }

  /// Makes a folder and those above it.
  static func makeFolder(_ path: String) throws {
    if mkdir(path, 0o777) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, path.contains("/") else { throw Errno(rawValue: errno) }
    try makeFolder(parent(of: path))
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw Errno(rawValue: errno) }
  }

  /// Without links and from the root; the path itself where that cannot be told.
  static func realPath(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Removes a file; true when it was there and is gone.
  @discardableResult
  static func remove(_ path: String) -> Bool { unlink(path) == 0 }

  /// The names in a folder, sorted, without those that begin with a dot.
  static func names(in folder: String) throws -> [String] {
    guard let stream = opendir(folder) else { throw Errno(rawValue: errno) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  /// Removes a folder that has nothing in it, and no other.
  static func removeFolderIfEmpty(_ path: String) { rmdir(path) }

  /// What tells one state of a file from another. Follows symbolic links.
  static func stamp(of path: String) throws -> FileStamp {
    var status = stat()
    try check(stat(path, &status))
    return FileStamp(status)
  }

  static func stamp(of file: FileDescriptor) throws -> FileStamp {
    var status = stat()
    try check(fstat(file.rawValue, &status))
    return FileStamp(status)
  }

  /// Sets the time of the last change to now. A file that cannot be changed is left as it is.
  static func touch(_ path: String) { utimensat(AT_FDCWD, path, nil, 0) }

  static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  static func check(_ result: CInt) throws {
    guard result == 0 else { throw Errno(rawValue: errno) }
  }
}
