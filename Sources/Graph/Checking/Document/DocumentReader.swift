/// Reads a syntax tree as a graph: the shape of the file, its keys and the names that it declares.
struct DocumentReader {
  static let keys = ["easel", "title", "about", "allow", "inputs", "nodes", "outputs"]

  let source: SourceText
  let findings: Findings

  /// The graph, nil where the file has no mapping to read.
  func read(_ tree: SyntaxNode?) -> GraphDocument? {
    guard let tree else {
      findings.add(.emptyFile(at: source.start))
      return nil
    }
    guard let fields = fields(of: tree, in: "a graph file") else { return nil }
    guard Self.keys.contains(where: { fields[$0] != nil }) else {
      findings.add(.noGraph(at: source.start))
      return nil
    }
    reportUnknownKeys(fields, of: "a graph", allowed: Self.keys)
    let misspelled = misspelledKeys(of: fields)
    var document = GraphDocument(source: source)
    document.namesAreComplete = misspelled.isDisjoint(with: ["inputs", "nodes"])
    if !misspelled.contains("easel") {
      findings.add(VersionRule.findings(fields["easel"], in: source))
    }
    document.title = text(fields["title"])
    document.about = text(fields["about"])
    document.allow = readAllow(fields["allow"])
    readInputs(fields["inputs"], into: &document)
    if !misspelled.contains("nodes") { readNodes(fields["nodes"], into: &document) }
    if !misspelled.contains("outputs") { readOutputs(fields["outputs"], into: &document) }
    findings.add(SharedNameRule.findings(in: document))
    return document
  }

  /// The keys that the unknown ones were probably meant to be: these are not missing as well.
  private func misspelledKeys(of fields: SyntaxFields) -> Set<String> {
    let missing = Self.keys.filter { fields[$0] == nil }
    let unknown = fields.entries.map(\.key).filter { !Self.keys.contains($0) }
    return Set(unknown.prefix(Self.keys.count).compactMap { NearMiss.of($0, in: missing) })
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
}
