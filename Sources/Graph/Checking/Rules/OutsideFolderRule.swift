/// A graph is moved with its folder: a path that leads out of it breaks on the way.
enum OutsideFolderRule {
  /// A warning where a path, or one of a list, leads out of the folder of the file that it is written in.
  static func finding(for value: Literal, at span: SourceSpan) -> Diagnostic? {
    switch value {
    case .path(let path) where leaves(path.written): .outsideFolder(path.written, at: span)
    case .list(let elements): elements.lazy.compactMap { finding(for: $0, at: span) }.first
    default: nil
    }
  }

  private static func leaves(_ path: String) -> Bool {
    path.hasPrefix("/") || PathText.join("", path).hasPrefix("..")
  }
}
