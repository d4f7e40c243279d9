import Glibc

/// The pictures in a folder.
public enum ImageFolder {
  /// The ends of names that are taken for pictures, in any case.
  public static let extensions = ["png", "jpg", "jpeg", "webp"]

  /// The names of the files that end like pictures and fit a pattern, in the order of their bytes.
  /// Hidden files and folders are left out, and no file is opened. Throws `ImageFolderError`.
  ///
  /// - Parameter pattern: `*` for any text, `?` for any character, `[abc]` for one of these:
  ///   POSIX `fnmatch`.
  public static func names(in folder: String, matching pattern: String) throws -> [String] {
    let names = try entries(of: folder).filter { name in
      !name.hasPrefix(".") && isPicture(name) && fnmatch(pattern, name, 0) == 0
        && isFile(folder + "/" + name)
    }
    guard !names.isEmpty else {
      throw ImageFolderError(folder: folder, problem: .nothingFits(pattern: pattern))
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static func entries(of folder: String) throws -> [String] {
    guard let directory = opendir(folder) else {
      let reason = String(cString: strerror(errno))
      throw ImageFolderError(folder: folder, problem: .unreadable(reason: reason))
    }
    defer { closedir(directory) }
    return Array(
      sequence(state: directory) { directory in
        readdir(directory).map { entry in
          withUnsafePointer(to: &entry.pointee.d_name) { name in
            let size = MemoryLayout.size(ofValue: name.pointee)
            return name.withMemoryRebound(to: CChar.self, capacity: size) { String(cString: $0) }
          }
        }
      })
  }

  private static func isPicture(_ name: String) -> Bool {
    name.lastIndex(of: ".").map { extensions.contains(name[name.index(after: $0)...].lowercased()) }
      ?? false
  }

  private static func isFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }
}

/// A folder whose pictures cannot be listed.
public struct ImageFolderError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Problem: Hashable, Sendable {
    case unreadable(reason: String)
    case nothingFits(pattern: String)
  }

  /// The folder's path.
  public let folder: String
  /// What is wrong.
  public let problem: Problem

  /// A sentence that names the folder.
  public var description: String {
    switch problem {
    case .unreadable(let reason):
      "\(folder): the folder cannot be read: \(reason)"
    case .nothingFits(let pattern):
      "\(folder): the folder holds no picture (\(ImageFolder.extensions.joined(separator: ", "))) "
        + "whose name fits `\(pattern)`"
    }
  }
}
