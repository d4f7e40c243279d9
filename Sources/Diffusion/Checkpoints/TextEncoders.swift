/// The text encoders of a model with what was put on them. Their weights are read when they are first asked for.
public struct TextEncoders: Sendable {
  /// Which adapters fit.
  public let family: ModelFamily
  var part: AdaptablePart<PromptEncoder>
  let checks: [ResultCheck]
  /// What `embedding:name` may stand for in a prompt.
  private(set) var embeddings: [TextualInversion] = []

  /// The tokenizers and the encoders.
  /// - Throws: `CheckpointError` or `SafetensorsError` where a file is missing or not as it must be.
  public func encoder() throws -> PromptEncoder { try part() }

  /// Encodes a prompt. Throws as `encoder` does, and `PromptError`.
  public func encode(_ prompt: Prompt) throws -> Conditioning {
    try encoder().encode(prompt, embeddings: embeddings)
  }

  /// Makes sure that what a prompt was turned into are numbers.
  /// - Throws: `CheckpointError` that names the weights which are none, if it is because of them.
  public func verify(_ conditioning: Conditioning) throws {
    for part in conditioning.parts { for check in checks { try check(part.context) } }
  }

  /// The same encoders with one more embedding, in the place of another of its name.
  /// - Throws: as `encoder` does, and `TextualInversionError.widths` where it was made for others.
  public func attaching(_ embedding: TextualInversion) throws -> TextEncoders {
    try embedding.verify(for: encoder())
    var encoders = self
    encoders.embeddings = embeddings.filter { $0.name != embedding.name } + [embedding]
    return encoders
  }
}
