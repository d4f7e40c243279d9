extension PortSchema {
  /// The value that a text from outside the graph gives to an input; a list is written as in a graph:
  /// `[1, 2, 3]`. Paths are relative to the working directory. Throws the finding, at the input's place.
  func override(_ text: String, at span: SourceSpan) throws(Refused) -> Literal {
    guard case .list = type else {
      return try constant(text, isPlain: true, folder: "", at: span)
    }
    let findings = Findings()
    let source = SourceText(file: "", text: text)
    let (tree, faults) = SyntaxParser.parse(source)
    guard faults.isEmpty, let tree, case .sequence = tree.content else {
      throw Refused(.noListOverride(self, at: span))
    }
    let value = DocumentReader(source: source, findings: findings).readValue(tree, of: name)
    let reader = ValueReader(folder: "", findings: findings, expressions: nil)
    guard value.expressions.isEmpty, let literal = reader.term(for: value, port: self)?.constant
    else {
      var finding = findings.sorted(files: []).first ?? .noListOverride(self, at: span)
      finding.span = span
      throw Refused(finding)
    }
    return literal
  }
}
