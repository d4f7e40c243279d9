import ArgumentParser
import Glibc
import Graph
import Imaging

/// Draws a graph.
struct GraphCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "graph",
    abstract: "Draws a graph: its nodes and what goes between them.",
    discussion: """
      FORMATS
        svg      a picture that any browser shows, in light or dark colours
        mermaid  for Markdown files on sites that draw Mermaid's diagrams
        dot      for Graphviz

      Nodes that `each` makes of one are one box, and graphs used as nodes are frames. Nodes that may be \
      skipped are dashed. Inputs need no value.

      Exit code 0: drawn. 1: the graph has errors, or the file cannot be written.
      """)

  /// A language for pictures of graphs.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case svg
    case mermaid
    case dot
  }

  @OptionGroup var graph: GraphOptions
  @Option(help: "The language of the picture.")
  var format = Format.svg
  @Option(
    help: ArgumentHelp("The file to write; standard output by default.", valueName: "file"),
    completion: .file())
  var out: String?

  func run() throws {
    let diagram = Diagram(try graph.check(purpose: .inspection).graph)
    let text =
      switch format {
      case .svg: diagram.svg()
      case .mermaid: diagram.mermaid
      case .dot: diagram.dot
      }
    guard let out else { return write(text, to: STDOUT_FILENO) }
    try failing(with: 1) { try AtomicFile.write(Array(text.utf8), to: out) }
  }
}
