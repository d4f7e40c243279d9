/// `allow`, of a node or of a whole graph, silences warnings there.
struct AllowRule {
  /// One code under one `allow`.
  private struct Allowance {
    var word: Word
    /// The part of the file that it holds for; nil for all of it.
    var bytes: Range<Int>?

    func silences(_ warning: Diagnostic) -> Bool {
      warning.code.rawValue == word.text && warning.span.file == word.span.file
        && (bytes?.contains(warning.span.bytes.lowerBound) ?? true)
    }
  }

  private let allowances: [Allowance]

  init(_ documents: [GraphDocument]) {
    allowances = documents.flatMap { document in
      document.allow.map { Allowance(word: $0, bytes: nil) }
        + document.nodes.flatMap { node in
          node.allow.map { Allowance(word: $0, bytes: node.whole.bytes) }
        }
    }
  }

  /// The warnings that nothing silences.
  func kept(_ warnings: [Diagnostic]) -> [Diagnostic] {
    warnings.filter { warning in !allowances.contains { $0.silences(warning) } }
  }

  /// A warning for each code in a file that silences none of the warnings.
  func needless(in file: String, among warnings: [Diagnostic]) -> [Diagnostic] {
    allowances.filter { allowance in
      allowance.word.span.file == file
        && allowance.word.text != DiagnosticCode.needlessAllow.rawValue
        && !warnings.contains(where: allowance.silences)
    }
    .map { .needlessAllow($0.word) }
  }
}
