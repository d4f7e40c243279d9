extension Diagnostic {
  /// libyaml's message in the words of this language.
  static func invalidYAML(_ error: YAMLError, in source: SourceText) -> Diagnostic {
    let character = { (offset: Int) in
      source.span(min(offset, source.bytes.count)..<min(offset + 1, source.bytes.count))
    }
    let wording = YAMLWording(error, in: source.bytes)
    var others: [Label] = []
    if let context = error.context, context.offset < error.offset {
      others = [Label(span: character(context.offset), text: "\(context.text) that begins here")]
    }
    return Diagnostic(
      .invalidYAML, wording.message, at: character(error.offset), others: others,
      help: wording.help)
  }
}

/// What to say about a text that is no YAML.
private struct YAMLWording {
  var message: String
  var help: String?

  init(_ error: YAMLError, in bytes: [UInt8]) {
    let offset = min(error.offset, bytes.count)
    let line = bytes[..<offset].suffix { $0 != UInt8(ascii: "\n") }
    let character = offset < bytes.count ? bytes[offset] : nil
    if character == UInt8(ascii: "{"), line.last == UInt8(ascii: "$") {
      message = "an expression in `{ ... }` or `[ ... ]` is not quoted"
      help = "write \"${...}\""
    } else if character == UInt8(ascii: "\t") {
      message = "a tab stands where YAML allows only spaces"
      help = "indent with spaces"
    } else if error.problem.contains("mapping values are not allowed") {
      message = "a `:` is not allowed here"
      help =
        line.contains(UInt8(ascii: "$"))
        ? "put the expression in quotes" : "put a text that has `: ` inside in quotes"
    } else {
      let saying = Self.sayings.first { error.problem.contains($0.problem) }
      message = saying?.message ?? error.problem
      help = saying?.help ?? "check the quotes, the brackets and the indentation up to here"
    }
  }

  /// What libyaml says, what is said instead where that is hard to understand, and what to do about it.
  private static let sayings: [(problem: String, message: String?, help: String)] = [
    (
      "did not find expected ',' or '}'", nil,
      "check that each `{` has its `}` and quote texts with `,`"
    ),
    (
      "did not find expected ',' or ']'", nil,
      "check that each `[` has its `]` and quote texts with `,`"
    ),
    ("did not find expected key", nil, "check the indentation"),
    ("could not find expected ':'", nil, "write `key: value`"),
    ("unexpected end of stream", nil, "close the quotes"),
    ("control characters are not allowed", nil, "remove the character"),
    ("did not find expected alphabetic or numeric character", nil, "put the text in quotes"),
    ("cannot start any token", nil, "put the text in quotes"),
    ("block sequence entries are not allowed", nil, "begin the list on a line of its own"),
    (
      "expected <document start>", "this does not belong to anything above it",
      "check the indentation, and that each bracket is closed only once"
    ),
    (
      "expected node content", "a value is missing here",
      "write one, or quote a text that begins with a sign"
    ),
    ("found unexpected ':'", nil, "put a text with `:` inside in quotes"),
    (
      "mapping keys are not allowed", "a key is not allowed here",
      "begin it on a line of its own, or put the text in quotes"
    ),
    ("unknown escape character", nil, "write `\\\\` for a backslash, or use single quotes"),
    ("comment or line break", nil, "put what follows on a line of its own, or the text in quotes"),
  ]
}

extension ArraySlice {
  fileprivate func suffix(while predicate: (Element) -> Bool) -> ArraySlice {
    var start = endIndex
    while start > startIndex, predicate(self[start - 1]) { start -= 1 }
    return self[start...]
  }
}
