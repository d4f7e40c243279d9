import Tensor

/// The scale and the offset of a normalization, `[C]` each.
private struct Affine: Sendable {
  let weight: Tensor
  let bias: Tensor

  static func stored(_ weights: Weights, _ channels: Int) -> Lazy<Affine> {
    let weight = weights.tensor("weight", [channels])
    let bias = weights.tensor("bias", [channels])
    return Lazy { Affine(weight: weight.read(), bias: bias.read()) }
  }
}

/// Normalizes groups of channels over a picture, `[N, H, W, C]`, and applies an activation after it.
struct GroupNorm: Sendable {
  private let affine: Lazy<Affine>
  private let groups: Int
  private let epsilon: Float

  init(_ weights: Weights, _ channels: Int, groups: Int, epsilon: Float) {
    affine = Affine.stored(weights, channels)
    self.groups = groups
    self.epsilon = epsilon
  }

  /// What it does to the channels of a picture with such moments.
  func normalization(for moments: ChannelMoments) -> ChannelNormalization {
    let affine = affine.value
    return moments.normalization(
      groups: groups, weight: affine.weight, bias: affine.bias, epsilon: epsilon)
  }

  func callAsFunction(_ x: Tensor, then activation: Activation = .identity) -> Tensor {
    let affine = affine.value
    return x.groupNormalized(
      groups: groups, weight: affine.weight, bias: affine.bias, epsilon: epsilon,
      activation: activation)
  }
}

extension GroupNorm {
  /// The picture for a convolution to read, normalized and activated on the way.
  func input(_ x: Tensor, then activation: Activation) -> ConvolutionInput {
    let affine = affine.value
    let normalization = x.groupNormalization(
      groups: groups, weight: affine.weight, bias: affine.bias, epsilon: epsilon)
    return ConvolutionInput(x, normalization: normalization, then: activation)
  }
}

/// Normalizes every token, `[..., C]`.
struct LayerNorm: Sendable {
  private let affine: Lazy<Affine>
  private let epsilon: Float

  init(_ weights: Weights, _ channels: Int, epsilon: Float = 1e-5) {
    affine = Affine.stored(weights, channels)
    self.epsilon = epsilon
  }

  func callAsFunction(_ x: Tensor) -> Tensor {
    let affine = affine.value
    return x.layerNormalized(weight: affine.weight, bias: affine.bias, epsilon: epsilon)
  }
}
