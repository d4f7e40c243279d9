import ArgumentParser
import Engine
import Graph
import Nodes

/// Lists the kinds of node, or documents one.
struct NodesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nodes",
    abstract: "Lists the kinds of node, or documents one of them.",
    discussion: """
      With a name: the node's ports with their types, ranges and defaults. A port without a default \
      must be given unless it is said to be optional.
      """)

  @Argument(
    help: "The kind of node to document.",
    completion: .list(library.catalog.schemas.map(\.name)))
  var name: String?
  @OptionGroup var output: FormatOptions

  func run() throws {
    guard let name else { return try list() }
    guard let schema = library.catalog[name] else { throw unknownNode(name) }
    switch output.format {
    case .text: print(NodePage(schema: schema).text)
    case .json: try printJSON(NodePage(schema: schema))
    }
  }

  private func list() throws {
    switch output.format {
    case .text: print(library.subjects.map(\.listing).joined(separator: "\n\n"))
    case .json: for schema in library.catalog.schemas { try printJSON(NodePage(schema: schema)) }
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

extension String {
  /// Up to the first full stop that ends a sentence, without it.
  fileprivate var firstSentence: String {
    let words = split(separator: " ")
    let end = words.firstIndex { $0.hasSuffix(".") } ?? words.endIndex - 1
    let sentence = words[...end].joined(separator: " ")
    return sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
  }
}
