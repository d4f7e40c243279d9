import ArgumentParser
import Engine
import Graph
import Imaging
import Nodes

/// Lists the kinds of node, or documents one.
struct NodesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nodes",
    abstract: "Lists the kinds of node, or documents one of them.",
    discussion: """
      With a name: the node's ports with their types, ranges and defaults. A port without a default \
      must be given unless it is said to be optional. As Markdown, all nodes are documented.

      Exit code 0: it is done. 1: the pages cannot be written. 64: there is no such node.
      """)

  /// How pages are printed.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
    case markdown
  }

  @Argument(
    help: "The kind of node to document.",
    completion: .list(library.catalog.schemas.map(\.name)))
  var name: String?
  @Option(help: "How to print: for people, as JSON for programs, or as pages in Markdown.")
  var format = Format.text
  @Option(
    help: "With --format markdown: the folder to write the pages of all nodes into.",
    completion: .directory)
  var out: String?

  func validate() throws {
    if out != nil, format != .markdown || name != nil {
      throw ValidationError(
        "--out takes the pages of all nodes: say --format markdown, and no name")
    }
  }

  func run() throws {
    if let out { return try failing(with: 1) { try write(to: out) } }
    guard let name else { return try list() }
    guard let schema = library.catalog[name] else { throw unknownNode(name) }
    switch format {
    case .text: print(NodePage(schema: schema).text)
    case .json: try printJSON(NodePage(schema: schema))
    case .markdown: print(NodeManual(library).page(schema), terminator: "")
    }
  }

  private func list() throws {
    switch format {
    case .text: print(library.subjects.map(\.listing).joined(separator: "\n\n"))
    case .json: for schema in library.catalog.schemas { try printJSON(NodePage(schema: schema)) }
    case .markdown:
      let manual = NodeManual(library)
      print(library.catalog.schemas.map(manual.page).joined(separator: "\n"), terminator: "")
    }
  }

  private func write(to folder: String) throws {
    try NewFolder.makeIfMissing(folder)
    for file in NodeManual(library).files {
      try AtomicFile.write(Array(file.text.utf8), to: folder + "/" + file.name)
    }
  }

  private func unknownNode(_ name: String) -> ValidationError {
    let suggestion = NearMiss.of(name, in: library.catalog.schemas.map(\.name))
    return ValidationError(
      "there is no node `\(name)`" + (suggestion.map { "; did you mean `\($0)`?" } ?? ""))
  }
}

extension NodeLibrary.Subject {
  /// The heading with a line a node.
  fileprivate var listing: String {
    var table = TextTable()
    for node in nodes { table.add(node.name, node.about.firstSentence) }
    return title + "\n" + table.rendered()
  }
}
