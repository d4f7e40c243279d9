/// What is wrong with an embedding's file.
public enum TextualInversionError: Error, Equatable, Sendable {
  /// The tensors are not those of an embedding.
  case noEmbedding(path: String, keys: [String])
  /// The vectors are not as wide as the encoders that they are meant for.
  case widths(path: String, expected: [Int], found: [Int])
  /// A vector has a number that is none.
  case notFinite(path: String, key: String)
}

extension TextualInversionError: CustomStringConvertible {
  /// One sentence: the file, what is wrong, the fix where there is one.
  public var description: String {
    switch self {
    case .noEmbedding(let path, let keys):
      "\(path): is no embedding: it must have `emb_params`, `clip_l` and `clip_g`, or one tensor of vectors alone, "
        + "but has \(Self.list(keys))"
    case .widths(let path, let expected, let found):
      "\(path): its vectors are \(Self.widths(found)) wide, but the encoder takes \(Self.widths(expected)): "
        + "it was made for another family of models"
    case .notFinite(let path, let key):
      "\(path): `\(key)` has numbers that are infinite or none: the file is damaged"
    }
  }

  private static func list(_ keys: [String]) -> String {
    if keys.isEmpty { return "no tensor" }
    let shown = keys.prefix(3).map { "`\($0)`" }.joined(separator: ", ")
    return keys.count > 3 ? "\(shown) and \(keys.count - 3) more" : shown
  }

  private static func widths(_ widths: [Int]) -> String {
    widths.map(String.init).joined(separator: " and ")
  }
}
