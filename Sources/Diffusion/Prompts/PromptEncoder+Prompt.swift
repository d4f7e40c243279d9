import Tensor

extension PromptEncoder {
  /// Encodes a prompt, in as many chunks as it takes: the contexts stand one after the other, `[1, n * L, D]`, and the
  /// pooled embedding is that of the first, unweighted.
  /// - Parameter embeddings: what `embedding:name` may stand for.
  /// - Throws: `PromptError`.
  public func encode(
    _ prompt: Prompt, embeddings: [TextualInversion] = []
  ) throws(PromptError) -> Conditioning {
    let chunks = try chunks(of: prompt, embeddings)
    let states = try branches.map { branch throws(PromptError) in
      try ChunkStates(of: branch, for: prompt, isSDXL: isSDXL)
    }
    return TensorArena.keeping {
      let encodings = zip(states, chunks).map { $0($1) }
      return Conditioning(
        context: .concatenating(encodings.map(\.context), axis: -1),
        pooled: isSDXL ? encodings.last?.pooled : nil)
    }
  }

  /// The chunks for each encoder, as many for one as for the other.
  private func chunks(
    of prompt: Prompt, _ embeddings: [TextualInversion]
  ) throws(PromptError) -> [[[WeightedToken]]] {
    var chunks: [[[WeightedToken]]] = []
    for (index, branch) in branches.enumerated() {
      let tokenizer = PromptTokenizer(
        tokenizer: branch.tokenizer,
        embeddings: Dictionary(embeddings.map { ($0.name, $0.vectors[index]) }) { $1 })
      let text = index == 0 ? prompt.text : prompt.second ?? prompt.text
      chunks.append(try tokenizer.chunks(of: text, weighting: prompt.weighting))
    }
    let count = chunks.map(\.count).max() ?? 0
    return chunks.map { $0 + Array(repeating: [], count: count - $0.count) }
  }
}

/// Encodes the chunks of a prompt by one encoder.
private struct ChunkStates {
  private let branch: PromptEncoder.Branch
  private let weighting: PromptWeighting
  /// Which layer's states are taken, counted from the last, which is 1.
  private let skip: Int
  /// Whether they are normalized: SDXL was trained on what they are before that.
  private let normalizes: Bool

  init(
    of branch: PromptEncoder.Branch, for prompt: Prompt, isSDXL: Bool
  ) throws(PromptError) {
    let layers = branch.encoder.configuration.layers
    if let skip = prompt.clipSkip, !(1...layers).contains(skip) {
      throw PromptError.clipSkip(skip, layers: layers)
    }
    self.branch = branch
    weighting = prompt.weighting
    skip = prompt.clipSkip ?? (isSDXL ? 2 : 1)
    normalizes = !isSDXL
  }

  /// The states of all chunks, `[1, n * L, C]`, and the pooled embedding of the first, `[1, P]`.
  func callAsFunction(_ chunks: [[WeightedToken]]) -> (context: Tensor, pooled: Tensor?) {
    let encodings = chunks.map(encode)
    guard chunks.joined().contains(where: { $0.weight != 1 }) else {
      return (.concatenating(encodings.map(states), axis: 1), encodings.first?.pooled)
    }
    let empty = weighting == .comfy ? states(encode([])) : nil
    let weighted = zip(encodings, chunks).map { encoding, chunk in
      let (states, weights) = (states(encoding), framed(chunk.map(\.weight)))
      return empty.map { states.weighted(by: weights, from: $0) }
        ?? states.weightedKeepingMean(by: weights)
    }
    return (.concatenating(weighted, axis: 1), encodings.first?.pooled)
  }

  private func encode(_ chunk: [WeightedToken]) -> TextEncoding {
    let frame = branch.tokenizer.framed([]).map(PromptToken.word)
    let end = frame[1]
    let padding = frame.dropFirst(2).prefix(branch.tokenizer.room - chunk.count)
    return branch.encoder([frame[0]] + chunk.map(\.token) + [end] + padding)
  }

  /// One weight for each of the encoder's tokens: 1 for start, end and padding.
  private func framed(_ weights: [Float]) -> [Float] {
    [1] + weights + Array(repeating: 1, count: branch.tokenizer.room - weights.count + 1)
  }

  private func states(_ encoding: TextEncoding) -> Tensor {
    if skip == 1, normalizes { return encoding.last }
    let states = encoding.states[encoding.states.count - skip]
    return normalizes ? branch.encoder.normalized(states) : states
  }
}
