import Tensor

/// The decoder of `AutoencoderKL`.
struct VAEDecoder: Sendable {
  private let convIn, convOut: Convolution
  private let midBlock: VAEMidBlock
  private let upBlocks: [DecoderBlock]
  private let convNormOut: GroupNorm

  init(_ weights: Weights, _ configuration: VAEConfiguration) {
    let channels = Array(configuration.channels.reversed())
    let (bottom, top) = (channels[0], channels[channels.count - 1])
    convIn = Convolution(weights["conv_in"], configuration.latentChannels, bottom)
    midBlock = VAEMidBlock(weights["mid_block"], configuration)
    upBlocks = channels.indices.map { index in
      DecoderBlock(
        weights["up_blocks"][index], channels[max(index - 1, 0)], channels[index],
        isLast: index == channels.count - 1, configuration)
    }
    convNormOut = GroupNorm(
      weights["conv_norm_out"], top, groups: configuration.groups, epsilon: 1e-6)
    convOut = Convolution(weights["conv_out"], top, 3)
  }

  /// `[N, h, w, latentChannels]` to `[N, H, W, 3]`.
  func callAsFunction(_ latent: Tensor, observe: (String, Tensor) -> Void) -> Tensor {
    var x = midBlock(convIn(latent))
    observe("decoder.mid_block", x)
    for (index, block) in upBlocks.enumerated() {
      x = block(x)
      observe("decoder.up_blocks.\(index)", x)
    }
    return convOut(convNormOut.input(x, then: .silu))
  }
}

/// One level of the decoder.
private struct DecoderBlock: Sendable {
  private let resnets: [ResnetBlock]
  private let upsampler: Upsample?

  init(
    _ weights: Weights, _ inputs: Int, _ outputs: Int, isLast: Bool,
    _ configuration: VAEConfiguration
  ) {
    resnets = (0...configuration.layers).map { index in
      ResnetBlock(weights["resnets"][index], index == 0 ? inputs : outputs, outputs, configuration)
    }
    upsampler = isLast ? nil : Upsample(weights["upsamplers"][0], outputs)
  }

  func callAsFunction(_ x: Tensor) -> Tensor {
    let x = resnets.reduce(x) { $1($0) }
    return upsampler?(x, height: 2 * x.shape[1], width: 2 * x.shape[2]) ?? x
  }
}
