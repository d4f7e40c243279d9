/// What a model's text encoders are told.
public struct Prompt: Hashable, Sendable {
  /// The words, in the grammar of `PromptParser`.
  public var text: String
  /// The words for the second of two encoders; nil for the same.
  public var second: String?
  /// How weights are understood.
  public var weighting: PromptWeighting
  /// Which layer's states are taken, counted from the last, which is 1; nil for those that the family was trained on.
  public var clipSkip: Int?

  /// A prompt in the usual form.
  public init(
    _ text: String, second: String? = nil, weighting: PromptWeighting = .comfy,
    clipSkip: Int? = nil
  ) {
    self.text = text
    self.second = second
    self.weighting = weighting
    self.clipSkip = clipSkip
  }
}

/// How the weights of a prompt's words are understood: as which of two programs does.
public enum PromptWeighting: String, Sendable, CaseIterable {
  /// ComfyUI: a state is moved away from that of an empty prompt, or towards it; a number in brackets inside others
  /// stands for itself; a word that does not fit into a chunk goes to the next.
  case comfy
  /// AUTOMATIC1111: states are multiplied, then all of them brought back to their mean; nested numbers are
  /// multiplied; what follows a late comma goes to the next chunk.
  case a1111
}
