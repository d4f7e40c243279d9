extension CheckSession {
  /// Asks the rules that look at whole graphs, and silences what their authors allow.
  ///
  /// In a graph with errors, what nothing refers to may well be what a mistake should have named.
  func lint() {
    guard findings.takesWarnings else { return }
    let isSound = findings.errorCount == 0
    if isSound {
      for document in lintedDocuments { warn(of: document) }
      let files = Set(lintedDocuments.map(\.source.file))
      for warning in OddSizeRule.findings(in: nodes) where files.contains(warning.span.file) {
        findings.warn(warning)
      }
    }
    let rule = AllowRule(lintedDocuments)
    let found = findings.warnings
    findings.warnings = rule.kept(found)
    // A used graph may warn with other values than those that it is given here.
    guard isSound, let outermost = lintedDocuments.first?.source.file else { return }
    for warning in rule.kept(rule.needless(in: outermost, among: found)) { findings.warn(warning) }
  }

  private func warn(of document: GraphDocument) {
    let names = document.referredNames
    for warning in UnusedInputRule.findings(in: document, referredTo: names) {
      findings.warn(warning)
    }
    for warning in UnusedNodeRule.findings(in: document, referredTo: names) {
      findings.warn(warning)
    }
  }
}
