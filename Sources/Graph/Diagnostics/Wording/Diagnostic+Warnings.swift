/// What is allowed and yet hardly meant, and the codes that say so.
extension Diagnostic {
  static func unusedInput(_ input: InputDeclaration) -> Diagnostic {
    Diagnostic(
      .unusedInput, "nothing refers to the input `\(input.name)`", at: input.span,
      help: "write ${\(input.name)} where it belongs, or take it out")
  }

  static func unusedNode(_ node: NodeDeclaration) -> Diagnostic {
    Diagnostic(
      .unusedNode, "no output depends on the node `\(node.name)`, so it never runs", at: node.span,
      help: "refer to it under `outputs:`, or take it out")
  }

  static func oddSize(_ port: String, _ side: Int, at span: SourceSpan) -> Diagnostic {
    let below = side / 8 * 8
    return Diagnostic(
      .oddSize, "\(side) is no multiple of 8, and the picture may be made a latent", at: span,
      help: below == 0 ? "8 would fit" : "\(below) or \(below + 8) would fit")
  }

  static func listInText(_ term: Term) -> Diagnostic {
    Diagnostic(
      .listInText, "a list is written into a text, with its brackets and commas", at: term.span,
      label: term.elements.map { "\($0.count) elements" },
      help: "map the node over the list with `each`, and write the element into the text")
  }

  static func outsideFolder(_ path: String, at span: SourceSpan) -> Diagnostic {
    let reason =
      path.hasPrefix("/") ? "is a path of this machine" : "leads out of the folder of this file"
    return Diagnostic(
      .outsideFolder, "\(quoted(path)) \(reason), so the graph cannot be moved", at: span,
      help: "put the file beside the graph, or make the path an input that is set with `--set`")
  }

  static func needlessAllow(_ word: Word) -> Diagnostic {
    Diagnostic(
      .needlessAllow, "there is no warning \(quoted(word.text)) here to allow", at: word.span,
      help: "take it out")
  }

  static func noCodes(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .wrongShape, "`allow` takes a list of warnings' codes", at: span,
      help: "write `allow: [\(DiagnosticCode.unusedNode.rawValue)]`")
  }

  static func unknownWarning(_ word: Word) -> Diagnostic {
    let isError = DiagnosticCode(rawValue: word.text) != nil
    let codes = DiagnosticCode.warnings.map(\.rawValue)
    return Diagnostic(
      .unknownWarning,
      isError
        ? "\(quoted(word.text)) is an error, which cannot be allowed"
        : "there is no warning \(quoted(word.text))",
      at: word.span, label: isError ? nil : didYouMean(word.text, codes),
      help: "the warnings are \(listed(codes))")
  }
}
