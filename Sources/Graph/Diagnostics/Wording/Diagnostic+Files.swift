import Glibc

extension Diagnostic {
  static func unreadableFile(
    _ file: String, _ failure: SourceReadFailure, at span: SourceSpan
  ) -> Diagnostic {
    Diagnostic(.unreadableFile, "`\(file)` \(failure)", at: span, help: failure.fix)
  }

  static func invalidEncoding(byte: UInt8, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .invalidEncoding, "the byte 0x\(String(byte, radix: 16)) is no UTF-8", at: span,
      help: "save the file as UTF-8")
  }

  static func emptyFile(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .wrongShape, "the file is empty", at: span,
      help: "a graph has at least `easel: 1`, `nodes:` and `outputs:`")
  }

  static func noGraph(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .wrongShape, "this is no graph: the file has none of a graph's keys", at: span,
      help: "a graph has at least `easel: 1`, `nodes:` and `outputs:`")
  }

  static func multipleDocuments(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .refusedYAML, "a file holds one graph", at: span, label: "a second one begins here",
      help: "move what follows to a file of its own")
  }

  static func nestingTooDeep(limit: Int, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .tooDeep, "lists and mappings lie more than \(limit) levels deep in each other", at: span)
  }

  static func tooManyValues(limit: Int, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .tooLarge, "the file has more than \(limit) values", at: span,
      help: "move a part of the graph to a file of its own, and use that as a node")
  }

  static func longScalar(_ length: Int, limit: Int, at span: SourceSpan) -> Diagnostic {
    Diagnostic(.tooLarge, "this text has \(length) bytes, where \(limit) are allowed", at: span)
  }

  static func duplicateKey(_ key: String, at span: SourceSpan, first: SourceSpan) -> Diagnostic {
    Diagnostic(
      .duplicateKey, "the key \(quoted(key)) stands here a second time", at: span,
      others: [Label(span: first, text: "the first time")], help: "keep one of the two")
  }

  static func keyIsNoWord(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .wrongShape, "a key is a word, not a list or a mapping", at: span,
      help: "quote an expression that stands in `{ ... }` or `[ ... ]`: \"${...}\"")
  }

  static func aliases(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .refusedYAML, "graph files have no anchors (`&`) and aliases (`*`)", at: span,
      help: "give the value a name under `inputs:` and refer to that, or put a text in quotes")
  }

  static func tag(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .refusedYAML, "graph files have no tags (`!`)", at: span,
      help: "leave the tag out, or put a text in quotes")
  }

  static func tooManyFindings(omitted: Int, at span: SourceSpan) -> Diagnostic {
    Diagnostic(.tooManyFindings, "and \(omitted) more findings, which are not shown", at: span)
  }
}

extension SourceReadFailure: CustomStringConvertible {
  /// The failure, as what follows the file's name in a sentence.
  public var description: String {
    switch self {
    case .notFound: "does not exist"
    case .notAFile: "is not a file"
    case .tooLarge(let bytes):
      "is too large for a graph: \(bytes) bytes, where \(SourceReader.sizeLimit) are allowed"
    case .system(let code): "cannot be read: \(String(cString: strerror(code)))"
    }
  }

  fileprivate var fix: String? {
    self == .notFound ? "a path in a graph is relative to the folder of the graph's file" : nil
  }
}
