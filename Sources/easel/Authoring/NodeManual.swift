import Engine
import Graph

/// The documentation of all nodes of a library: a page each, and an index by subject.
struct NodeManual {
  private let library: NodeLibrary
  private let examples: NodeExamples

  init(_ library: NodeLibrary) {
    self.library = library
    examples = NodeExamples(catalog: library.catalog)
  }

  /// The page of one node, in Markdown.
  func page(_ schema: NodeSchema) -> String {
    NodePage(schema: schema).markdown(example: examples.yaml(schema))
  }

  /// Every file of the documentation.
  var files: [(name: String, text: String)] {
    [(name: "README.md", text: index)]
      + library.catalog.schemas.map { (name: $0.name + ".md", text: page($0)) }
  }

  private var index: String {
    let subjects = library.subjects.map { subject in
      let rows = subject.nodes.map { node in
        ["[`\(node.name)`](\(node.name).md)", node.about.firstSentence]
      }
      return "\n## \(subject.title)\n\n" + Markdown.table(["node", ""], rows) + "\n"
    }
    return """
      # The nodes

      What stands here is written by `make docs`, from the declarations in `Nodes/`; `easel nodes` prints the
      same.

      """ + subjects.joined()
  }
}
