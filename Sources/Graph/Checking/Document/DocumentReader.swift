/// Reads a syntax tree as a graph: the shape of the file, its keys and the names that it declares.
struct DocumentReader {
  /// The version of the language that this is.
  static let languageVersion = "1"
  static let keys = ["easel", "title", "about", "inputs", "nodes", "outputs"]

  let source: SourceText
  let findings: Findings

  /// The graph, nil where the file has no mapping to read.
  func read(_ tree: SyntaxNode?) -> GraphDocument? {
    guard let tree else {
      findings.add(.emptyFile(at: source.start))
      return nil
    }
    guard let fields = fields(of: tree, in: "a graph file") else { return nil }
    reportUnknownKeys(fields, of: "a graph", allowed: Self.keys)
    checkVersion(fields["easel"])
    var document = GraphDocument(source: source)
    document.title = text(fields["title"])
    document.about = text(fields["about"])
    readInputs(fields["inputs"], into: &document)
    readNodes(fields["nodes"], into: &document)
    readOutputs(fields["outputs"], into: &document)
    reportSharedNames(document)
    return document
  }

  private func checkVersion(_ entry: SyntaxEntry?) {
    guard let entry else { return findings.add(.missingVersion(at: source.start)) }
    guard case .scalar(let scalar) = entry.value.content, scalar.text == Self.languageVersion else {
      return findings.add(.unsupportedVersion(at: entry.value.span))
    }
  }

  private func readInputs(_ entry: SyntaxEntry?, into document: inout GraphDocument) {
    guard let entry else { return }
    guard let fields = fields(of: entry.value, in: "`inputs`", mayBeEmpty: true) else {
      document.namesAreComplete = false
      return
    }
    document.inputs = fields.entries.map { readInput($0) }
  }

  private func readNodes(_ entry: SyntaxEntry?, into document: inout GraphDocument) {
    guard let entry else { return findings.add(.noNodes(at: source.start)) }
    guard let fields = fields(of: entry.value, in: "`nodes`", mayBeEmpty: true) else {
      document.namesAreComplete = false
      return
    }
    if fields.entries.isEmpty { findings.add(.noNodes(at: entry.keySpan)) }
    document.nodes = fields.entries.map { readNode($0) }
  }

  private func readOutputs(_ entry: SyntaxEntry?, into document: inout GraphDocument) {
    guard let entry else { return findings.add(.noOutputs(at: source.start)) }
    guard let fields = fields(of: entry.value, in: "`outputs`", mayBeEmpty: true) else {
      document.namesAreComplete = false
      return
    }
    if fields.entries.isEmpty { findings.add(.noOutputs(at: entry.keySpan)) }
    document.outputs = fields.entries.map { entry in
      checkName(entry, of: "output")
      return OutputDeclaration(
        name: entry.key, span: entry.keySpan, value: readValue(entry.value, of: entry.key))
    }
  }

  /// Inputs and nodes share one namespace, because references do not say which of them they mean.
  private func reportSharedNames(_ document: GraphDocument) {
    let inputs = Dictionary(document.inputs.map { ($0.name, $0.span) }) { first, _ in first }
    for node in document.nodes {
      guard let input = inputs[node.name] else { continue }
      findings.add(.sharedName(node.name, node: node.span, input: input))
    }
  }
}
