/// CLIP's tokenizer, equal to transformers' `CLIPTokenizer`: a text to a fixed number of tokens.
struct CLIPTokenizer: Sendable {
  let encoder: BytePairEncoder
  let special: SpecialTokens
  let start: Int
  let end: Int
  let padding: Int
  /// The number of tokens that a text is cut or filled up to, with start and end.
  let length: Int

  /// The number of tokens of a text that find room between start and end.
  var room: Int { length - 2 }

  /// The tokens of a text: start, words, end, padding; exactly `length` of them. What finds no room is left out.
  func callAsFunction(_ text: String) -> [Int] { framed(words(of: text, atMost: room)) }

  /// The tokens of a text's words, without start and end.
  /// - Parameter limit: after how many tokens nothing more is needed.
  func words(of text: String, atMost limit: Int = .max) -> [Int] {
    var tokens: [Int] = []
    for piece in special.split(text) {
      switch piece {
      case .token(let token):
        tokens.append(token)
      case .text(let scalars):
        for word in WordSplitter.split(scalars) {
          guard tokens.count < limit else { break }
          tokens += encoder(String(String.UnicodeScalarView(word)).utf8)
        }
      }
    }
    return Array(tokens.prefix(limit))
  }

  /// Start, at most `room` words, end, padding.
  func framed(_ words: some Collection<Int>) -> [Int] {
    let kept = [start] + words + [end]
    return kept + Array(repeating: padding, count: length - kept.count)
  }
}
