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
        Self.level(
          weights["down_blocks"][index], channels[max(index - 1, 0)], channels[index],
          isLast: index == channels.count - 1, name: "encoder.down_blocks.\(index)", configuration)
      }
    midBlock = VAEMidBlock(weights["mid_block"], configuration)
    convNormOut = GroupNorm(
      weights["conv_norm_out"], bottom, groups: configuration.groups, epsilon: 1e-6)
    convOut = Convolution(weights["conv_out"], bottom, 2 * configuration.latentChannels)
  }

  /// A level halves the picture with a row and a column of zeros at the bottom and the right.
  private static func level(
    _ weights: Weights, _ inputs: Int, _ outputs: Int, isLast: Bool, name: String,
    _ configuration: VAEConfiguration
  ) -> [BandStep] {
    var steps = (0..<configuration.layers).map { index in
      let inputs = index == 0 ? inputs : outputs
      let block = ResnetBlock(weights["resnets"][index], inputs, outputs, configuration)
      return BandStep(work: .resnet(block), inputs: inputs, outputs: outputs)
    }
    if !isLast {
      let layer = Downsample(
        weights["downsamplers"][0], outputs, padding: Padding(bottom: 1, right: 1))
      steps.append(BandStep(work: .downsampling(layer), inputs: outputs, outputs: outputs))
    }
    steps[steps.count - 1].name = name
    return steps
  }

  /// `[1, H, W, 3]` to means and logarithms of variances, `[1, h, w, 2 * latentChannels]`, within a memory
  /// budget in bytes.
  func callAsFunction(
    _ image: Tensor, memory: Int, observe: ((String, Tensor) -> Void)? = nil
  ) -> Tensor {
    let plan = plan(lines: image.shape[1], width: image.shape[2], memory: memory)
    let x = midBlock(BandRun(steps, plan, observe: observe)(image))
    observe?("encoder.mid_block", x)
    return convOut(convNormOut.input(x, then: .silu))
  }

  /// For a picture of the given size.
  func plan(lines: Int, width: Int, memory: Int) -> BandPlan {
    let size = PictureSize(lines: lines, width: width, channels: steps[0].inputs)
    return BandPlan(steps, input: size, budget: memory)
  }
}
