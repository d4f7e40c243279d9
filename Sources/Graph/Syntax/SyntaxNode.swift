/// A piece of a graph file as YAML sees it, with its place.
struct SyntaxNode: Sendable {
  enum Content: Sendable {
    case scalar(SyntaxScalar)
    case sequence([SyntaxNode])
    case mapping([SyntaxEntry])
    /// Something that was refused, with a finding: nothing more is to be said of it.
    case refused
  }

  var content: Content
  var span: SourceSpan
}

/// A key and its value in a mapping. No two entries of a mapping have the same key.
struct SyntaxEntry: Sendable {
  var key: String
  var keySpan: SourceSpan
  var value: SyntaxNode
}

/// A scalar's text, with the way back to the places of its parts.
struct SyntaxScalar: Sendable {
  var text: String
  /// Written without quotes and not as a block.
  var isPlain: Bool
  var place: ScalarPlace

  /// Nothing, `~` or `null`: no value.
  var isNull: Bool { isPlain && ["", "~", "null"].contains(text) }
}

/// Where the characters of a scalar's text stand in the file.
struct ScalarPlace: Sendable {
  let source: SourceText
  let whole: SourceSpan
  /// The offset of the text's first byte, where the file has the text byte for byte; nil where
  /// escapes or line folding stand between the two.
  private let verbatimStart: Int?

  init(of text: String, in bytes: Range<Int>, isQuoted: Bool, source: SourceText) {
    self.source = source
    whole = source.span(bytes)
    let inner = isQuoted && bytes.count >= 2 ? bytes.lowerBound + 1..<bytes.upperBound - 1 : bytes
    let isVerbatim = source.bytes[inner].elementsEqual(text.utf8)
    verbatimStart = isVerbatim ? inner.lowerBound : nil
  }

  /// The place of a part of the text, by UTF-8 offsets into it; the whole scalar's where the part's
  /// is not known.
  func span(_ part: Range<Int>) -> SourceSpan {
    guard let start = verbatimStart else { return whole }
    return source.span(start + part.lowerBound..<start + part.upperBound)
  }
}
