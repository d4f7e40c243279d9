/// Tokens that are recognised in a text as they are written, not by byte pairs.
struct SpecialTokens: Sendable {
  struct Entry: Sendable, Equatable {
    let content: [Unicode.Scalar]
    let token: Int
    /// Whether it is looked for after the text was normalized, so in capitals too.
    let isNormalized: Bool
  }

  /// A stretch of a text between special tokens, or one of them.
  enum Piece: Equatable {
    case text([Unicode.Scalar])
    case token(Int)
  }

  private let raw: [Entry]
  private let normalized: [Entry]

  init(_ entries: [Entry]) {
    let entries = entries.filter { !$0.content.isEmpty }
    raw = entries.filter { !$0.isNormalized }
    normalized = entries.filter(\.isNormalized)
  }

  /// Takes the text apart at the special tokens and normalizes what lies between them.
  func split(_ text: String) -> [Piece] {
    Self.split(Array(text.unicodeScalars), at: raw).flatMap { piece in
      guard case .text(let scalars) = piece else { return [piece] }
      return Self.split(WordSplitter.normalize(scalars), at: normalized)
    }
  }

  private static func split(_ text: [Unicode.Scalar], at entries: [Entry]) -> [Piece] {
    var pieces: [Piece] = []
    var start = text.startIndex
    var index = start
    while index < text.endIndex {
      guard let entry = entries.first(where: { text[index...].starts(with: $0.content) }) else {
        index += 1
        continue
      }
      pieces += [.text(Array(text[start..<index])), .token(entry.token)]
      index += entry.content.count
      start = index
    }
    return pieces + [.text(Array(text[start...]))]
  }
}
