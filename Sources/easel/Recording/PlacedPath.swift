import FoundationEssentials

/// Paths as texts, taken apart.
enum PlacedPath {
  /// From the root, without `.`, and with `..` taken back by its text alone.
  static func absolute(_ path: String) -> String {
    let whole =
      path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    return "/" + parts(of: whole).joined(separator: "/")
  }

  /// How to get to a path from a folder, which is where the program was called or absolute; nil where the only way
  /// leads through the root.
  static func relative(_ path: String, to folder: String) -> String? {
    let (target, start) = (parts(of: absolute(path)), parts(of: absolute(folder)))
    let shared = zip(target, start).prefix { $0 == $1 }.count
    guard shared > 0 || start.isEmpty else { return nil }
    let way = Array(repeating: "..", count: start.count - shared) + target[shared...]
    return way.isEmpty ? "." : way.joined(separator: "/")
  }

  /// A path that is meant relative to a folder, empty for where the program was called.
  static func join(_ folder: String, _ path: String) -> String {
    folder.isEmpty || path.hasPrefix("/")
      ? path : folder.hasSuffix("/") ? folder + path : folder + "/" + path
  }

  /// The folder that a file lies in, empty for where the program was called.
  static func folder(of file: String) -> String {
    guard let slash = file.lastIndex(of: "/") else { return "" }
    return slash == file.startIndex ? "/" : String(file[..<slash])
  }

  private static func parts(of path: String) -> [String] {
    path.split(separator: "/").reduce(into: []) { parts, part in
      switch part {
      case ".": break
      case "..": parts = parts.dropLast()
      default: parts.append(String(part))
      }
    }
  }
}
