import Tensor

/// The encoder of `AutoencoderKL`, up to the moments of the posterior. Its lowest level is computed as a
/// whole, the rest in bands.
struct VAEEncoder: Sendable {
  /// From the picture to the lowest level.
  let steps: [BandStep]
  private let midBlock: VAEMidBlock
  private let convNormOut: GroupNorm
  private let convOut: Convolution

  init(_ weights: Weights, _ configuration: VAEConfiguration) {
    let channels = configuration.channels
    let (top, bottom) = (channels[0], channels[channels.count - 1])
    let convIn = Convolution(weights["conv_in"], 3, top)
    steps =
      [BandStep(work: .convolution(convIn), inputs: 3, outputs: top)]
      + channels.indices.flatMap { index in
        let (level, outputs) = (weights["down_blocks"][index], channels[index])
        let isLast = index == channels.count - 1
        return BandStep.level(
          level, channels[max(index - 1, 0)], outputs, resnets: configuration.layers,
          then: isLast ? nil : .downsampling(Self.halving(level, outputs)),
          name: "encoder.down_blocks.\(index)", configuration)
      }
    midBlock = VAEMidBlock(weights["mid_block"], configuration)
    convNormOut = GroupNorm(
      weights["conv_norm_out"], bottom, groups: configuration.groups, epsilon: 1e-6)
    convOut = Convolution(weights["conv_out"], bottom, 2 * configuration.latentChannels)
  }

  /// Halves the picture with a row and a column of zeros at the bottom and the right.
  private static func halving(_ level: Weights, _ channels: Int) -> Downsample {
    Downsample(level["downsamplers"][0], channels, padding: Padding(bottom: 1, right: 1))
  }

  /// `[1, H, W, 3]` to means and logarithms of variances, `[1, h, w, 2 * latentChannels]`, within a memory
  /// budget in bytes.
  func callAsFunction(
    _ image: Tensor, memory: Int, observe: ((String, Tensor) -> Void)? = nil
  ) -> Tensor {
    let plan = steps.plan(lines: image.shape[1], width: image.shape[2], memory: memory)
    let x = midBlock(BandRun(steps, plan, observe: observe)(image))
    observe?("encoder.mid_block", x)
    return convOut(convNormOut.input(x, then: .silu))
  }
}
