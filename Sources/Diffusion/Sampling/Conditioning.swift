import Tensor

/// What makes a UNet draw: prompts, each perhaps for a place and a while only.
public struct Conditioning: Sendable {
  /// One encoded prompt, and where, when and how much it holds.
  public struct Part: Sendable {
    /// The tokens, `[1, L, D]`.
    public var context: Tensor
    /// The pooled embedding, `[1, P]`; nil where the family has none.
    public var pooled: Tensor?
    /// What SDXL is told of sizes; nil for those of the latent that is sampled.
    public var sizes: SizeConditioning?
    /// What stands behind the latent's channels where the UNet takes more of them, `[1, h, w, C']`, at the latent's
    /// size: a mask and a masked picture for inpainting, or a picture to be changed. It is not scaled with the noise.
    public var concat: Tensor?
    /// The ControlNets by which it follows pictures.
    public var controls: [Control] = []
    /// The part of the picture that the UNet is shown for this prompt; nil for all of it.
    public var area: PromptArea?
    /// How much the prompt holds at each place; nil for everywhere the same.
    public var mask: PromptMask?
    /// The weight of its prediction where several prompts meet, not negative.
    public var strength: Float = 1
    /// When it holds.
    public var range = TimestepRange()

    /// - Parameters:
    ///   - context: `[1, L, D]`.
    ///   - pooled: `[1, P]`.
    public init(context: Tensor, pooled: Tensor? = nil, sizes: SizeConditioning? = nil) {
      self.context = context
      self.pooled = pooled
      self.sizes = sizes
    }
  }

  /// At least one. What several predict for a place is averaged by their weights there.
  public var parts: [Part]

  /// A conditioning of these parts.
  public init(_ parts: [Part]) { self.parts = parts }

  /// A single prompt.
  /// - Parameters:
  ///   - context: `[1, L, D]`.
  ///   - pooled: `[1, P]`.
  public init(context: Tensor, pooled: Tensor? = nil, sizes: SizeConditioning? = nil) {
    self.init([Part(context: context, pooled: pooled, sizes: sizes)])
  }

  /// The tokens of the first prompt, `[1, L, D]`.
  public var context: Tensor { parts[0].context }
  /// The pooled embedding of the first prompt, `[1, P]`.
  public var pooled: Tensor? { parts[0].pooled }
}
