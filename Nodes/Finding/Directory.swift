import FoundationEssentials

/// The few things that looking for models needs of the file system.
enum Directory {
  /// Something in a folder.
  struct Entry {
    var name: String
    var path: String
    var isFolder: Bool
  }

  /// The files and folders in a folder, sorted, hidden ones and dead links left out; none where the folder cannot
  /// be read. Symbolic links are followed.
  static func entries(of folder: String) -> [Entry] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted().compactMap { name in
      let path = "\(folder)/\(name)"
      var isFolder = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return nil }
      return Entry(name: name, path: path, isFolder: isFolder)
    }
  }

  /// From the root, without `..`, `.` and a slash at the end. Links stay.
  static func absolute(_ path: String) -> String {
    URL(filePath: path).standardizedFileURL.path
  }

  static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  static func isFolder(_ path: String) -> Bool {
    var isFolder = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
  }

  /// The words of a small file without spaces around them; nil where it cannot be read.
  static func text(of path: String) -> String? {
    let data = try? Data(contentsOf: URL(filePath: path))
    return data.map { String(decoding: $0, as: UTF8.self).split(whereSeparator: \.isWhitespace) }?
      .joined(separator: " ")
  }
}
