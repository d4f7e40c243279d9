import FoundationEssentials

/// A graph that comes with Easel, to start one's own from.
struct Template {
  /// What `easel new` calls it.
  var name: String
  /// The graph's file.
  var graph: String
  /// The files of the new folder, with where they come from.
  var files: [(name: String, source: String)]

  /// What the graph is called in a new folder.
  static let graphName = "graph.yaml"

  /// All there are, those with inputs of their own first. A graph that shares its name with an example
  /// is called as `uses` calls it.
  static var all: [Template] {
    let examples = Resources.exampleFolders.flatMap(examples(in:))
    let taken = Set(examples.map(\.name))
    let graphs = Resources.graphFolders.flatMap(graphs(in:)).map { graph in
      var graph = graph
      if taken.contains(graph.name) { graph.name = shared(graph.name) }
      return graph
    }
    var seen: Set<String> = []
    return (examples + graphs).filter { seen.insert($0.name).inserted }
  }

  /// Whether this is what the user calls `name`: graphs may be called as `uses` calls them.
  func isCalled(_ name: String) -> Bool {
    name == self.name || files.count == 1 && name == Self.shared(self.name)
  }

  /// The files of the new folder. Throws `TemplateUnreadable`.
  func contents() throws -> [(name: String, bytes: [UInt8])] {
    try files.map { file in
      guard let data = try? Data(contentsOf: URL(filePath: file.source)) else {
        throw TemplateUnreadable(path: file.source)
      }
      return (name: file.name, bytes: Array(data))
    }
  }

  private static func shared(_ name: String) -> String { "graphs/" + name }

  private static func examples(in folder: String) -> [Template] {
    names(in: folder).compactMap { name in
      let files = files(below: "\(folder)/\(name)")
      guard let graph = files.first(where: { $0.name == graphName }) else { return nil }
      return Template(name: name, graph: graph.source, files: files)
    }
  }

  private static func graphs(in folder: String) -> [Template] {
    names(in: folder).filter { $0.hasSuffix(".yaml") }.map { name in
      let file = "\(folder)/\(name)"
      return Template(
        name: String(name.dropLast(".yaml".count)), graph: file, files: [(graphName, file)])
    }
  }

  /// The graph and what it needs; not what tells of it or shows what comes out.
  private static func files(below folder: String) -> [(name: String, source: String)] {
    names(in: folder).flatMap { name -> [(name: String, source: String)] in
      let path = "\(folder)/\(name)"
      if isFolder(path) { return files(below: path).map { ("\(name)/\($0.name)", $0.source) } }
      return name == "README.md" || name.hasPrefix("expected") ? [] : [(name, path)]
    }
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
  }

  /// In alphabetical order, without what is hidden.
  private static func names(in folder: String) -> [String] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
    return (names ?? []).filter { !$0.hasPrefix(".") }.sorted()
  }
}

/// A file of a template that cannot be read.
struct TemplateUnreadable: Error, CustomStringConvertible {
  var path: String
  var description: String { "\(path): cannot be read" }
}

/// The program stands without its graphs.
struct TemplatesMissing: Error, CustomStringConvertible {
  var description: String {
    "the graphs that come with Easel are not beside the program; run `make install`"
  }
}
