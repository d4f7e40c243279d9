import Tensor

extension Adapter {
  /// The family of models that it was made for, where its shapes tell: by the width of the texts that the UNet
  /// attends to, or a second text encoder.
  public var family: ModelFamily? {
    if changes.keys.contains(where: { $0.part == .textEncoder(1) }) { return .sdxl }
    let keys = changes.first { target, change in
      target.part == .unet && target.name.hasSuffix("attn2_to_k") && change.weight != nil
    }
    return keys?.value.weight.flatMap { ModelFamily(contextWidth: $0.change.shape[1]) }
  }

  /// Whether it changes text encoders.
  public var changesText: Bool { changes.keys.contains { $0.part != .unet } }

  /// Whether it changes the UNet.
  public var changesUNet: Bool { changes.keys.contains { $0.part == .unet } }
}
