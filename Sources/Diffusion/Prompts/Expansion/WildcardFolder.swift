import FoundationEssentials

/// A folder of text files, each with alternatives, one a line. Empty lines and those that begin with `#` are left out.
struct WildcardFolder: Sendable {
  let path: String

  /// The alternatives of `name.txt`.
  /// - Parameter place: where the name stands.
  func options(
    of name: String, at place: PromptPlace
  ) throws(PromptExpansionError) -> [PromptTemplate.Option] {
    let file = "\(path)/\(name).txt"
    // No name leads out of the folder.
    let isInside = !name.split(separator: "/", omittingEmptySubsequences: false)
      .contains { ["", ".", ".."].contains($0) }
    guard isInside, fileExists(file) else {
      throw .unknownWildcard(place, name: name, folder: path, known: names)
    }
    guard let data = try? Data(contentsOf: URL(filePath: file)),
      let text = String(data: data, encoding: .utf8)
    else { throw .unreadable(path: file) }
    var options: [PromptTemplate.Option] = []
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let content = line.trimmed
      guard let first = content.first, first != "#" else { continue }
      options.append(try PromptTemplateParser.option(content, source: "\(file):\(index + 1)"))
    }
    guard !options.isEmpty else { throw .emptyWildcard(path: file) }
    return options
  }

  /// The names that there are, sorted.
  private var names: [String] {
    let files = FileManager.default.subpaths(atPath: path) ?? []
    return files.filter { $0.hasSuffix(".txt") }.map { String($0.dropLast(4)) }.sorted()
  }
}

extension Substring {
  /// Without white space at both ends.
  fileprivate var trimmed: String {
    let head = drop(while: \.isWhitespace)
    return String(head.reversed().drop(while: \.isWhitespace).reversed())
  }
}
