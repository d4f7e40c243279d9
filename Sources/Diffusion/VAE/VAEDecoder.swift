import Tensor

/// The decoder of `AutoencoderKL`. Its lowest level is computed as a whole, the rest in bands.
struct VAEDecoder: Sendable {
  private let convIn: Convolution
  let midBlock: VAEMidBlock
  /// From the lowest level's picture to the result.
  let steps: [BandStep]
  private let latentChannels: Int

  init(_ weights: Weights, _ configuration: VAEConfiguration) {
    let channels = Array(configuration.channels.reversed())
    latentChannels = configuration.latentChannels
    convIn = Convolution(weights["conv_in"], latentChannels, channels[0])
    midBlock = VAEMidBlock(weights["mid_block"], configuration)
    var steps = channels.indices.flatMap { index in
      Self.level(
        weights["up_blocks"][index], channels[max(index - 1, 0)], channels[index],
        isLast: index == channels.count - 1, name: "decoder.up_blocks.\(index)", configuration)
    }
    let top = channels[channels.count - 1]
    let norm = GroupNorm(
      weights["conv_norm_out"], top, groups: configuration.groups, epsilon: 1e-6)
    let convOut = Convolution(weights["conv_out"], top, 3)
    steps.append(BandStep(work: .convolution(convOut, norm: norm), inputs: top, outputs: 3))
    self.steps = steps
  }

  private static func level(
    _ weights: Weights, _ inputs: Int, _ outputs: Int, isLast: Bool, name: String,
    _ configuration: VAEConfiguration
  ) -> [BandStep] {
    var steps = (0...configuration.layers).map { index in
      let inputs = index == 0 ? inputs : outputs
      let block = ResnetBlock(weights["resnets"][index], inputs, outputs, configuration)
      return BandStep(work: .resnet(block), inputs: inputs, outputs: outputs)
    }
    if !isLast {
      let layer = Upsample(weights["upsamplers"][0], outputs)
      steps.append(BandStep(work: .upsampling(layer), inputs: outputs, outputs: outputs))
    }
    steps[steps.count - 1].name = name
    return steps
  }

  /// `[1, h, w, latentChannels]` to `[1, H, W, 3]`, within a memory budget in bytes.
  func callAsFunction(
    _ latent: Tensor, memory: Int, observe: ((String, Tensor) -> Void)? = nil
  ) -> Tensor {
    let plan = plan(lines: latent.shape[1], width: latent.shape[2], memory: memory)
    return BandRun(steps, plan, observe: observe)(lowest(latent, observe))
  }

  func lowest(_ latent: Tensor, _ observe: ((String, Tensor) -> Void)? = nil) -> Tensor {
    let x = midBlock(convIn(latent))
    observe?("decoder.mid_block", x)
    return x
  }

  /// For a latent of the given size.
  func plan(lines: Int, width: Int, memory: Int) -> BandPlan {
    let size = PictureSize(lines: lines, width: width, channels: steps[0].inputs)
    return BandPlan(steps, input: size, budget: memory)
  }
}
