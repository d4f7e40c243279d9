import Tensor

/// An input that is of another width than the UNet was made for.
public enum UNetInputError: Error, Equatable, Sendable {
  case latentChannels(expected: Int, found: Int)
  case contextWidth(expected: Int, found: Int)
  /// `found` is 0 where there is no pooled embedding.
  case pooledWidth(expected: Int, found: Int)
}

extension UNetInputError: CustomStringConvertible {
  /// What the model takes, what was given, and what to do.
  public var description: String {
    switch self {
    case .latentChannels(let expected, let found):
      "the model takes latents of \(expected) channels, but this one has \(found)"
        + (expected > found ? ": it is a model for inpainting, which needs a mask" : "")
    case .contextWidth(let expected, let found):
      "the model takes a conditioning \(expected) wide, but this one is \(found) wide: "
        + "encode the text with this checkpoint's encoder"
    case .pooledWidth(let expected, let found):
      "the model takes a pooled conditioning \(expected) wide, but this one is \(found) wide: "
        + "encode the text with this checkpoint's encoder"
    }
  }
}

extension UNet {
  /// Makes sure that a latent `[N, h, w, C]` and every prompt of a conditioning are of the widths that a call needs,
  /// and that each has a place in the picture.
  /// - Parameters:
  ///   - sizes: how many sizes will be added to the conditioning: six for SDXL.
  ///   - scale: how many pixels one element of the latent stands for.
  /// - Throws: `UNetInputError` or `ConditioningError`.
  public func verify(
    latent: Tensor, conditioning: Conditioning, sizes: Int = 6, scale: Int = 8
  ) throws {
    let channels = latent.shape[-1]
    guard channels == inChannels else {
      throw UNetInputError.latentChannels(expected: inChannels, found: channels)
    }
    for part in conditioning.parts {
      try verify(part, sizes: sizes)
      try part.area?.verify(width: latent.shape[2] * scale, height: latent.shape[1] * scale)
    }
  }

  private func verify(_ part: Conditioning.Part, sizes: Int) throws {
    let width = part.context.shape[-1]
    guard width == contextWidth else {
      throw UNetInputError.contextWidth(expected: contextWidth, found: width)
    }
    guard let added = configuration.added else { return }
    let expected = added.inputs - sizes * added.timeWidth
    let pooled = part.pooled?.shape[-1] ?? 0
    guard pooled == expected else {
      throw UNetInputError.pooledWidth(expected: expected, found: pooled)
    }
  }
}
