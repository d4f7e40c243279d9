import ArgumentParser
import Graph

/// Starts a graph from one that comes with Easel.
struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Starts a graph of one's own from one that comes with Easel.",
    discussion: """
      Copies a graph, and the pictures that it needs, into a new folder, where it runs as it is. \
      Without a template, lists them. Nothing that is there is overwritten.

      EXAMPLES
        easel new
        easel new portrait my-portrait

      Exit code 0: it is done. 1: the folder is not empty, or cannot be made; nothing is written then. \
      64: there is no such template.
      """)

  @Argument(
    help: "The template to start from.",
    completion: .custom { _, _, _ in Template.all.map(\.name) })
  var template: String?
  @Argument(help: "The folder to make.", completion: .directory)
  var folder: String?
  @Flag(help: "Lists the templates.")
  var list = false
  @OptionGroup var output: FormatOptions

  func validate() throws {
    if list, template != nil { throw ValidationError("--list takes no template") }
    if let template, folder == nil {
      throw ValidationError("name the folder to make: easel new \(template) my-\(template)")
    }
  }

  func run() throws {
    let templates = Template.all
    if templates.isEmpty { try failing(with: 1) { throw TemplatesMissing() } }
    guard let name = template, let folder else { return try show(templates) }
    guard let template = templates.first(where: { $0.isCalled(name) }) else {
      throw unknownTemplate(name, among: templates.map(\.name))
    }
    let path = try failing(with: 1) { try NewFolder.write(template.contents(), to: folder) }
    try report(NewGraph(file: path + "/" + Template.graphName))
  }

  private func show(_ templates: [Template]) throws {
    let entries = templates.map { TemplateEntry($0) }
    switch output.format {
    case .json: for entry in entries { try printJSON(entry) }
    case .text:
      var table = TextTable()
      for entry in entries { table.add(entry.name, entry.sentence) }
      print(table.rendered(indent: 0))
    }
  }

  private func report(_ graph: NewGraph) throws {
    switch output.format {
    case .json: try printJSON(graph)
    case .text: print("\(graph.file) is made. Run it:\n  \(graph.command)")
    }
  }

  private func unknownTemplate(_ name: String, among names: [String]) -> ValidationError {
    let suggestion = NearMiss.of(name, in: names)
    return ValidationError(
      "there is no template `\(name)`"
        + (suggestion.map { "; did you mean `\($0)`?" } ?? "; `easel new` lists them"))
  }
}

/// What the list says of a template.
private struct TemplateEntry: Encodable {
  var name: String
  var title: String?
  var about: String?

  init(_ template: Template) {
    name = template.name
    let graph = Checker.easel.check(template.graph, purpose: .inspection).graph
    title = graph?.title
    about = graph?.about
  }

  var sentence: String { about?.firstSentence ?? title ?? "" }
}

/// What was made, and how it is run.
private struct NewGraph: Encodable {
  var file: String
  var command: String

  init(file: String) {
    self.file = file
    let graph = Checker.easel.check(file, purpose: .inspection).graph
    let open = (graph?.inputs ?? []).filter { input in
      let value: Literal? = input.value
      return value == nil
    }
    command =
      (["easel run", file.quotedForShell] + open.map { "--set \($0.name)=..." } + ["--out out"])
      .joined(separator: " ")
  }
}

extension String {
  /// As a shell reads it as one word.
  fileprivate var quotedForShell: String {
    let isPlain = utf8.allSatisfy { byte in
      let letter = Character(Unicode.Scalar(byte))
      return letter.isASCII && (letter.isLetter || letter.isNumber || "./_-".contains(letter))
    }
    return isPlain && !isEmpty
      ? self
      : "'" + split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
        + "'"
  }
}
