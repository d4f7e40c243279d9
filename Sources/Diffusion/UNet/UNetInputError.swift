import Tensor

/// An input that is of another width than the UNet was made for.
public enum UNetInputError: Error, Equatable, Sendable {
  case latentChannels(expected: Int, found: Int)
  /// Behind those of the latent; `found` is 0 for a conditioning that brings none.
  case addedChannels(expected: Int, found: Int)
  /// What a conditioning brings is for a picture of another size than the latent, both as `WxH` in pixels.
  case addedSize(expected: String, found: String)
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
    case .addedChannels(let expected, let found):
      "the model takes \(expected) channels beside the latent's, but the conditioning brings \(found): "
        + Self.fix(addedChannels: expected)
    case .addedSize(let expected, let found):
      "the conditioning brings a picture of \(found), but the latent is for \(expected): "
        + "make both by one node"
    case .contextWidth(let expected, let found):
      "the model takes a conditioning \(expected) wide, but this one is \(found) wide: "
        + "encode the text with this checkpoint's encoder"
    case .pooledWidth(let expected, let found):
      "the model takes a pooled conditioning \(expected) wide, but this one is \(found) wide: "
        + "encode the text with this checkpoint's encoder"
    }
  }

  private static func fix(addedChannels: Int) -> String {
    switch addedChannels {
    case 0: "take a model that was made for pictures beside the latent, or the prompt without one"
    case 4: "put `pix2pix-conditioning` behind the prompts"
    default: "put `inpaint-conditioning` behind the prompts"
    }
  }
}

extension UNet {
  /// Makes sure that a latent `[N, h, w, C]` and every prompt of a conditioning are of the widths that a call needs,
  /// and that each has a place in the picture.
  /// - Parameters:
  ///   - sizes: how many sizes will be added to the conditioning: six for SDXL.
  ///   - scale: how many pixels one element of the latent stands for.
  /// - Throws: `UNetInputError`, `ConditioningError` or `ControlError`.
  public func verify(
    latent: Tensor, conditioning: Conditioning, sizes: Int = 6, scale: Int = 8
  ) throws {
    let channels = latent.shape[-1]
    guard channels == configuration.outChannels else {
      throw UNetInputError.latentChannels(expected: configuration.outChannels, found: channels)
    }
    for part in conditioning.parts {
      try verify(part, sizes: sizes)
      try verify(part.concat, beside: latent.shape, scale: scale)
      for control in part.controls { try verify(control, beside: latent.shape, scale: scale) }
      try part.area?.verify(width: latent.shape[2] * scale, height: latent.shape[1] * scale)
    }
  }

  private func verify(_ concat: Tensor?, beside latent: Shape, scale: Int) throws {
    let (expected, found) = (inChannels - latent[-1], concat?.shape[-1] ?? 0)
    guard found == expected else {
      throw UNetInputError.addedChannels(expected: expected, found: found)
    }
    guard let shape = concat?.shape else { return }
    func size(_ shape: Shape) -> String { "\(shape[2] * scale)x\(shape[1] * scale)" }
    guard (shape[1], shape[2]) == (latent[1], latent[2]) else {
      throw UNetInputError.addedSize(expected: size(latent), found: size(shape))
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
