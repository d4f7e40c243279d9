import FoundationEssentials
import Graph
import Imaging

/// Where a font is that a graph names: `default`, a path, or the name of a font of the system.
enum FontLocation {
  /// Where names are looked up.
  @TaskLocal static var search = FontSearch(environment: ProcessInfo.processInfo.environment)

  /// - Parameter folder: that of the graph; the working directory where it is empty.
  /// - Throws: `FontLookupError`, and `FontError` for `default` where the program stands without its resources.
  @Sendable static func locate(_ written: String, in folder: String) throws -> String {
    if written == "default" { return try FontFile.builtIn() }
    let path = written.hasPrefix("/") || folder.isEmpty ? written : folder + "/" + written
    let isPath = ["/", "./", "../"].contains { written.hasPrefix($0) } || Directory.exists(path)
    return isPath ? path : try search.find(written, path: path)
  }
}

/// The folders in which fonts are looked for by their names.
struct FontSearch: Sendable {
  let folders: [String]

  init(folders: [String]) { self.folders = folders }

  /// The user's folders, then the system's, as the XDG Base Directory Specification and fontconfig have them.
  init(environment: [String: String]) {
    let home = environment["HOME"] ?? "/"
    let data = environment["XDG_DATA_HOME"] ?? home + "/.local/share"
    folders = [data + "/fonts", home + "/.fonts", "/usr/local/share/fonts", "/usr/share/fonts"]
  }

  /// The first file that is called so, or whose font is: its family with its style, or without one for the regular
  /// one. Case, spaces and hyphens do not count.
  ///
  /// - Parameter path: where the same text leads as a path, for the error.
  /// - Throws: `FontLookupError`.
  func find(_ name: String, path: String) throws(FontLookupError) -> String {
    let files = folders.flatMap { Self.files(in: $0) }
    let wanted = Self.letters(name)
    if let file = files.first(where: { Self.letters(Self.stem($0)) == wanted }) { return file }
    let fonts = files.compactMap { file in (try? FontFile.name(of: file)).map { (file, $0) } }
    for (file, font) in fonts where Self.names(font).contains(wanted) { return file }
    let known = files.map(Self.stem) + fonts.map(\.1.family)
    let nearest = NearMiss.of(wanted, in: known.map(Self.letters))
    throw FontLookupError(
      name: name, path: path, folders: folders,
      nearest: known.first { Self.letters($0) == nearest })
  }

  private static func names(_ font: (family: String, style: String)) -> [String] {
    let isRegular = ["regular", "book", "roman", "normal"].contains(letters(font.style))
    return [letters(font.family + font.style)] + (isRegular ? [letters(font.family)] : [])
  }

  /// The font files in a folder and the folders in it, sorted.
  private static func files(in folder: String, depth: Int = 0) -> [String] {
    guard depth < 8 else { return [] }  // Links may lead back.
    return Directory.entries(of: folder).flatMap { entry -> [String] in
      if entry.isFolder { return files(in: entry.path, depth: depth + 1) }
      let isFont = [".ttf", ".otf", ".ttc", ".otc"].contains {
        entry.name.lowercased().hasSuffix($0)
      }
      return isFont ? [entry.path] : []
    }
  }

  private static func stem(_ path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    return String(name.dropLast(4))
  }

  private static func letters(_ name: String) -> String {
    name.lowercased().filter { !" -_".contains($0) }
  }
}

/// Nothing is called as a font is to be called.
struct FontLookupError: Error, Hashable, CustomStringConvertible {
  var name: String
  /// Where it would be as a path.
  var path: String
  var folders: [String]
  var nearest: String?

  var description: String {
    "there is no font `\(name)`: no file \(path), and none of that name in "
      + folders.joined(separator: ", ")
      + (nearest.map { "; did you mean `\($0)`?" }
        ?? "; give the path of a font's file, or `default`")
  }
}
