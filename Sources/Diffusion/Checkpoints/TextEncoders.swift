/// The text encoders of a model with what was put on them. Their weights are read when they are first asked for.
public struct TextEncoders: Sendable {
  /// Which adapters fit.
  public let family: ModelFamily
  var part: AdaptablePart<PromptEncoder>

  /// The tokenizers and the encoders.
  /// - Throws: `CheckpointError` or `SafetensorsError` where a file is missing or not as it must be.
  public func encoder() throws -> PromptEncoder { try part() }
}
