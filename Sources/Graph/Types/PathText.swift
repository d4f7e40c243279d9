/// Paths as texts, with `/` between their parts.
enum PathText {
  /// The folder that a file lies in; empty for the working directory.
  static func folder(of file: String) -> String {
    guard let slash = file.lastIndex(of: "/") else { return "" }
    return slash == file.startIndex ? "/" : String(file[..<slash])
  }

  /// A path that is relative to a folder, without `.` and with `..` taken back by its text alone.
  static func join(_ folder: String, _ path: String) -> String {
    guard !path.isEmpty else { return folder }
    let whole = path.hasPrefix("/") || folder.isEmpty ? path : folder + "/" + path
    var parts: [Substring] = []
    // Bytes are compared, which is many times as fast as comparing characters.
    for part in whole.utf8.split(separator: UInt8(ascii: "/")).map(Substring.init) where part != "."
    {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else {
        parts.append(part)
      }
    }
    let joined = parts.joined(separator: "/")
    if whole.hasPrefix("/") { return "/" + joined }
    return joined.isEmpty ? "." : joined
  }
}
