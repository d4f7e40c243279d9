import Tensor

/// The decoder of `AutoencoderKL`. Its lowest level is computed as a whole, the rest in bands.
struct VAEDecoder: Sendable {
  private let convIn: Convolution
  let midBlock: VAEMidBlock
  /// From the lowest level's picture to the result.
  let steps: [BandStep]

  init(_ weights: Weights, _ configuration: VAEConfiguration) {
    let channels = Array(configuration.channels.reversed())
    convIn = Convolution(weights["conv_in"], configuration.latentChannels, channels[0])
    midBlock = VAEMidBlock(weights["mid_block"], configuration)
    var steps = channels.indices.flatMap { index in
      let (level, outputs) = (weights["up_blocks"][index], channels[index])
      let isLast = index == channels.count - 1
      return BandStep.level(
        level, channels[max(index - 1, 0)], outputs, resnets: configuration.layers + 1,
        then: isLast ? nil : .upsampling(Upsample(level["upsamplers"][0], outputs)),
        name: "decoder.up_blocks.\(index)", configuration)
    }
    let top = channels[channels.count - 1]
    let norm = GroupNorm(
      weights["conv_norm_out"], top, groups: configuration.groups, epsilon: 1e-6)
    let convOut = Convolution(weights["conv_out"], top, 3)
    steps.append(BandStep(work: .convolution(convOut, norm: norm), inputs: top, outputs: 3))
    self.steps = steps
  }

  /// `[1, h, w, latentChannels]` to `[1, H, W, 3]`, within a memory budget in bytes.
  func callAsFunction(
    _ latent: Tensor, memory: Int, observe: ((String, Tensor) -> Void)? = nil
  ) -> Tensor {
    let plan = steps.plan(lines: latent.shape[1], width: latent.shape[2], memory: memory)
    return BandRun(steps, plan, observe: observe)(lowest(latent, observe))
  }

  func lowest(_ latent: Tensor, _ observe: ((String, Tensor) -> Void)? = nil) -> Tensor {
    let x = midBlock(convIn(latent))
    observe?("decoder.mid_block", x)
    return x
  }
}
