/// The text encoders of a model with what was put on them. Their weights are read when they are first asked for.
public struct TextEncoders: Sendable {
  /// Which adapters fit.
  public let family: ModelFamily
  var part: AdaptablePart<PromptEncoder>
  let checks: [ResultCheck]

  /// The tokenizers and the encoders.
  /// - Throws: `CheckpointError` or `SafetensorsError` where a file is missing or not as it must be.
  public func encoder() throws -> PromptEncoder { try part() }

  /// Makes sure that what a prompt was turned into are numbers.
  /// - Throws: `CheckpointError` that names the weights which are none, if it is because of them.
  public func verify(_ conditioning: Conditioning) throws {
    for part in conditioning.parts { for check in checks { try check(part.context) } }
  }
}
