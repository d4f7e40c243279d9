import CLIPVocabulary

extension CLIPTokenizer {
  /// The tokenizer of every published Stable Diffusion, for models that carry none: 77 of 49,408 tokens.
  /// - Parameter padsWithZero: whether texts are filled up with the token 0, as for OpenCLIP's encoders, and not with
  ///   their end.
  /// - Throws: `CheckpointError` where the program stands without its resources.
  static func published(padsWithZero: Bool) throws -> CLIPTokenizer {
    guard let path = CLIPVocabulary.merges else {
      throw CheckpointError.missing(
        path: "CLIP's vocabulary", hint: "it comes with the program: run `make install`")
    }
    return try CLIPTokenizer(publishedMerges: path, padsWithZero: padsWithZero)
  }

  private init(publishedMerges path: String, padsWithZero: Bool) throws {
    let merges = try TokenizerVocabulary.merges(path)
    let symbols = BytePairEncoder.symbols
    let (start, end) = ("<|startoftext|>", "<|endoftext|>")
    let entries =
      symbols + symbols.map { $0 + "</w>" } + merges.map { $0.0 + $0.1 } + [start, end]
    let tokens = Dictionary(zip(entries, entries.indices)) { first, _ in first }
    let last = entries.count - 1
    encoder = try BytePairEncoder(vocabulary: tokens, merges: merges, unknown: last)
    special = SpecialTokens(
      [(start, last - 1), (end, last)].map {
        SpecialTokens.Entry(content: Array($0.unicodeScalars), token: $1, isNormalized: false)
      })
    self.start = last - 1
    self.end = last
    padding = padsWithZero ? 0 : last
    length = 77
  }
}
