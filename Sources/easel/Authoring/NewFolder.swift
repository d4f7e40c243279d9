import FoundationEssentials
import Glibc
import Imaging

/// Folders that are there whole or not at all.
enum NewFolder {
  /// Makes a folder of these files under a temporary name beside `path` and renames it. An empty folder
  /// may be there already. Gives the path without slashes at its end. Throws `NewFolderFailure`, and
  /// leaves nothing behind then.
  static func write(_ files: [(name: String, bytes: [UInt8])], to path: String) throws -> String {
    let path = withoutSlashes(path)
    try checkFree(path)
    let temporary =
      "\(folder(of: path)).easel-\(String(UInt64.random(in: 0 ... .max), radix: 36)).part"
    do {
      try makeIfMissing(temporary)
      for file in files {
        try makeFolders(of: file.name, below: temporary)
        try AtomicFile.write(file.bytes, to: "\(temporary)/\(file.name)")
      }
      // Fails where somebody has put something there meanwhile.
      guard rename(temporary, path) == 0 else {
        throw NewFolderFailure(renamingTo: path, code: errno)
      }
      return path
    } catch {
      try? FileManager.default.removeItem(atPath: temporary)
      throw NewFolderFailure.about(path, error)
    }
  }

  /// Makes one folder, unless there is one. Throws `NewFolderFailure`.
  static func makeIfMissing(_ path: String) throws {
    guard mkdir(path, 0o777) != 0, errno != EEXIST else { return }
    throw NewFolderFailure.system(path: path, code: errno)
  }

  private static func makeFolders(of file: String, below folder: String) throws {
    var path = folder
    for part in file.split(separator: "/").dropLast() {
      path += "/" + part
      try makeIfMissing(path)
    }
  }

  private static func checkFree(_ path: String) throws {
    var status = stat()
    guard stat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw NewFolderFailure.noFolder(path: path) }
    let content = try? FileManager.default.contentsOfDirectory(atPath: path)
    guard content?.isEmpty ?? false else { throw NewFolderFailure.notEmpty(path: path) }
  }

  private static func withoutSlashes(_ path: String) -> String {
    var path = Substring(path)
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return String(path)
  }

  private static func folder(of path: String) -> Substring {
    path.lastIndex(of: "/").map { path[...$0] } ?? ""
  }
}

/// Why a folder was not made.
enum NewFolderFailure: Error, CustomStringConvertible {
  case notEmpty(path: String)
  case noFolder(path: String)
  /// The folder that the program was started in cannot be replaced.
  case workingFolder(path: String)
  case system(path: String, code: Int32)

  fileprivate init(renamingTo path: String, code: Int32) {
    self =
      switch code {
      case ENOTEMPTY, EEXIST: .notEmpty(path: path)
      case ENOTDIR: .noFolder(path: path)
      case EBUSY, EINVAL: .workingFolder(path: path)
      default: .system(path: path, code: code)
      }
  }

  /// What failed inside the temporary folder, told of the one that was wanted.
  fileprivate static func about(_ path: String, _ error: any Error) -> any Error {
    switch error {
    case let error as UnwritableFile: Self.system(path: path, code: error.systemError)
    case Self.system(_, let code): Self.system(path: path, code: code)
    default: error
    }
  }

  var description: String {
    switch self {
    case .notEmpty(let path): "\(path): is not empty; name a new folder"
    case .noFolder(let path): "\(path): is there and is no folder; name a new one"
    case .workingFolder(let path): "\(path): is the working folder; name a new one"
    case .system(let path, ENOENT): "\(path): cannot be made: the folder around it does not exist"
    case .system(let path, let code): "\(path): cannot be made: \(String(cString: strerror(code)))"
    }
  }
}
