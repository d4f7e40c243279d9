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
