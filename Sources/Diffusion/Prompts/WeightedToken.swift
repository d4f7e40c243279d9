/// A token of a prompt with its weight.
struct WeightedToken: Equatable, Sendable {
  let token: PromptToken
  let weight: Float
}

/// A prompt's tokens as they belong together: a stretch between brackets, or the vectors of an embedding.
struct PromptGroup: Equatable, Sendable {
  let tokens: [WeightedToken]
  /// Whether these are the vectors of one embedding.
  let isEmbedding: Bool
}
