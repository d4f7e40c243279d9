/// What is wrong with a prompt.
public enum PromptError: Error, Equatable, Sendable {
  /// The text names an embedding that is not among those attached to the encoder.
  case unknownEmbedding(name: String, attached: [String])
  /// There are not that many layers.
  case clipSkip(Int, layers: Int)
}

extension PromptError: CustomStringConvertible {
  /// One sentence: what is wrong, and the fix.
  public var description: String {
    switch self {
    case .unknownEmbedding(let name, let attached):
      "`embedding:\(name)` is not attached to the encoder, "
        + (attached.isEmpty
          ? "and nothing else is" : "only " + attached.map { "`\($0)`" }.joined(separator: ", "))
        + ": put a `load-embedding` with the name `\(name)` between the checkpoint and this node"
    case .clipSkip(let skip, let layers):
      "a `clip-skip` of \(skip) asks for more layers than the text encoder has: it must be from 1 to \(layers)"
    }
  }
}
