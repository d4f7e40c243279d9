import Tensor

/// The encoder of `AutoencoderKL`, up to the moments of the posterior.
struct VAEEncoder: Sendable {
  private let convIn, convOut: Convolution
  private let downBlocks: [EncoderBlock]
  private let midBlock: VAEMidBlock
  private let convNormOut: GroupNorm

  init(_ weights: Weights, _ configuration: VAEConfiguration) {
    let channels = configuration.channels
    let (top, bottom) = (channels[0], channels[channels.count - 1])
    convIn = Convolution(weights["conv_in"], 3, top)
    downBlocks = channels.indices.map { index in
      EncoderBlock(
        weights["down_blocks"][index], channels[max(index - 1, 0)], channels[index],
        isLast: index == channels.count - 1, configuration)
    }
    midBlock = VAEMidBlock(weights["mid_block"], configuration)
    convNormOut = GroupNorm(
      weights["conv_norm_out"], bottom, groups: configuration.groups, epsilon: 1e-6)
    convOut = Convolution(weights["conv_out"], bottom, 2 * configuration.latentChannels)
  }

  /// `[N, H, W, 3]` to means and logarithms of variances, `[N, h, w, 2 * latentChannels]`.
  func callAsFunction(_ image: Tensor, observe: (String, Tensor) -> Void) -> Tensor {
    var x = convIn(image)
    for (index, block) in downBlocks.enumerated() {
      x = block(x)
      observe("encoder.down_blocks.\(index)", x)
    }
    x = midBlock(x)
    observe("encoder.mid_block", x)
    return convOut(convNormOut.input(x, then: .silu))
  }
}

/// One level of the encoder. It halves with a row and a column of zeros at the bottom and the right.
private struct EncoderBlock: Sendable {
  private let resnets: [ResnetBlock]
  private let downsampler: Downsample?

  init(
    _ weights: Weights, _ inputs: Int, _ outputs: Int, isLast: Bool,
    _ configuration: VAEConfiguration
  ) {
    resnets = (0..<configuration.layers).map { index in
      ResnetBlock(weights["resnets"][index], index == 0 ? inputs : outputs, outputs, configuration)
    }
    downsampler =
      isLast
      ? nil : Downsample(weights["downsamplers"][0], outputs, padding: Padding(bottom: 1, right: 1))
  }

  func callAsFunction(_ x: Tensor) -> Tensor {
    let x = resnets.reduce(x) { $1($0) }
    return downsampler?(x) ?? x
  }
}
