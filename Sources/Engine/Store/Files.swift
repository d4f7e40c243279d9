import Glibc
import SystemPackage

/// The few things that the store and the planner do with files. Each throws `Errno`.
enum Files {
  /// The whole content.
  static func read(_ path: String) throws -> [UInt8] {
    let file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
    return try file.closeAfter {
      let size = try stamp(of: file).size
      var count = 0
      let bytes = try [UInt8](unsafeUninitializedCapacity: size) { buffer, initialized in
        while count < size {
          let rest = UnsafeMutableRawBufferPointer(
            rebasing: UnsafeMutableRawBufferPointer(buffer)[count...])
          let read = try file.read(into: rest)
          if read == 0 { break }
          count += read
        }
        initialized = count
      }
      return bytes
    }
  }

  /// Writes a file so that it is there whole or not at all: under a temporary name first, in a
  /// folder of the same file system.
  static func write(_ bytes: some Sequence<UInt8>, to path: String, via temporary: String) throws {
    try makeFolder(parent(of: temporary))
    do {
      let file = try FileDescriptor.open(
        temporary, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
        permissions: .init(rawValue: 0o666))
      _ = try file.closeAfter { try file.writeAll(bytes) }
      try makeFolder(parent(of: path))
      try check(rename(temporary, path))
    } catch {
      remove(temporary)
      throw error
    }
  }

  /// Makes a folder and those above it.
  static func makeFolder(_ path: String) throws {
    if mkdir(path, 0o777) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, path.contains("/") else { throw Errno(rawValue: errno) }
    try makeFolder(parent(of: path))
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw Errno(rawValue: errno) }
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
