import Tensor

/// The lowest level of an autoencoder: two resnets and, in most, attention of one head between them.
struct VAEMidBlock: Sendable {
  private let resnets: [ResnetBlock]
  private let attention: PixelAttention?

  init(_ weights: Weights, _ configuration: VAEConfiguration) {
    let channels = configuration.channels[configuration.channels.count - 1]
    resnets = (0..<2).map { ResnetBlock(weights["resnets"][$0], channels, channels, configuration) }
    attention =
      configuration.attendsInMiddle
      ? PixelAttention(weights["attentions"][0], channels, groups: configuration.groups) : nil
  }

  /// `[N, H, W, C]` to the same.
  func callAsFunction(_ x: Tensor) -> Tensor {
    let hidden = resnets[0](x)
    return resnets[1](attention?(hidden) ?? hidden)
  }
}

/// Normalized pixels that attend each other, added to themselves.
private struct PixelAttention: Sendable {
  private let groupNorm: GroupNorm
  private let attention: Attention

  init(_ weights: Weights, _ channels: Int, groups: Int) {
    let names: AttentionNames = weights.contains("query.weight") ? .deprecated : .diffusers
    groupNorm = GroupNorm(weights["group_norm"], channels, groups: groups, epsilon: 1e-6)
    attention = Attention(weights, width: channels, heads: 1, names: names, inputBias: true)
  }

  func callAsFunction(_ x: Tensor) -> Tensor {
    let pixels: Shape = [x.shape[0], x.shape[1] * x.shape[2], x.shape[3]]
    return attention(groupNorm(x).reshaped(to: pixels), plus: x.reshaped(to: pixels))
      .reshaped(to: x.shape)
  }
}

extension ResnetBlock {
  /// A resnet as autoencoders have them: without time.
  init(_ weights: Weights, _ inputs: Int, _ outputs: Int, _ configuration: VAEConfiguration) {
    self.init(weights, inputs, outputs, groups: configuration.groups, epsilon: 1e-6)
  }
}
