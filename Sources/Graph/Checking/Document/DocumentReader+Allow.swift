extension DocumentReader {
  /// The kinds of warning under `allow`; those that there are not get a finding.
  func readAllow(_ entry: SyntaxEntry?) -> [Word] {
    guard let entry else { return [] }
    switch entry.value.content {
    case .sequence(let elements): return elements.compactMap { code($0) }
    case .refused: return []
    case .scalar, .mapping:
      findings.add(.noCodes(at: entry.value.span))
      return []
    }
  }

  private func code(_ node: SyntaxNode) -> Word? {
    guard case .scalar(let scalar) = node.content else {
      findings.add(.noCodes(at: node.span))
      return nil
    }
    let word = Word(text: scalar.text, span: node.span)
    guard DiagnosticCode.warnings.contains(where: { $0.rawValue == word.text }) else {
      findings.add(.unknownWarning(word))
      return nil
    }
    return word
  }
}
