/// CLIP's tokenizer, equal to transformers' `CLIPTokenizer`: a text to a fixed number of tokens.
struct CLIPTokenizer: Sendable {
  let encoder: BytePairEncoder
  let special: SpecialTokens
  let start: Int
  let end: Int
  let padding: Int
  /// The number of tokens that a text is cut or filled up to, with start and end.
  let length: Int

  /// The tokens of a text: start, words, end, padding; exactly `length` of them.
  func callAsFunction(_ text: String) -> [Int] {
    let room = length - 2
    var tokens: [Int] = []
    for piece in special.split(text) {
      switch piece {
      case .token(let token):
        tokens.append(token)
      case .text(let scalars):
        for word in WordSplitter.split(scalars) {
          guard tokens.count < room else { break }
          tokens += encoder(String(String.UnicodeScalarView(word)).utf8)
        }
      }
    }
    let kept = [start] + tokens.prefix(room) + [end]
    return kept + Array(repeating: padding, count: length - kept.count)
  }
}
