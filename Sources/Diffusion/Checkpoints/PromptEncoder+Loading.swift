extension PromptEncoder {
  /// - Parameter path: of the model, for messages.
  init(
    _ tokenizers: [TokenizerSource], _ encoders: [PartSource<TextEncoder>],
    adapters: [AppliedAdapter] = [], of path: String, forcesZerosForEmptyPrompt: Bool
  ) throws {
    self.forcesZerosForEmptyPrompt = forcesZerosForEmptyPrompt
    branches = try zip(tokenizers, encoders).enumerated().map { index, sources in
      let encoder = try sources.1.load(adapters: adapters, as: .textEncoder(index))
      return try Branch(tokenizer: sources.0, encoder: encoder)
    }
    let lengths = Set(branches.map(\.tokenizer.length))
    guard lengths.count == 1 else {
      throw CheckpointError.disagreement(
        path: path, reason: "the text encoders take texts of different lengths")
    }
  }
}

extension PromptEncoder.Branch {
  fileprivate init(tokenizer source: TokenizerSource, encoder: TextEncoder) throws {
    self.encoder = encoder
    let configuration = encoder.configuration
    tokenizer = try source.load(positions: configuration.positions)
    let known = 0..<configuration.vocabulary
    let unknown = tokenizer.encoder.vocabulary.values.filter { !known.contains($0) }.max()
    guard let unknown else { return }
    throw CheckpointError.disagreement(
      path: source.name,
      reason: "it has the token \(unknown), but the encoder knows only those in \(known)")
  }
}
