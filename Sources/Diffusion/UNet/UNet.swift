import Tensor

/// The denoiser of SD 1.x, SD 2.x and SDXL: diffusers' `UNet2DConditionModel`, by its configuration.
///
/// Re-entrant: a call changes nothing but reading weights that no call has read before.
public struct UNet: Sendable {
  let configuration: UNetConfiguration
  private let convIn, convOut: Convolution
  private let timeEmbedding: TimestepEmbedding
  private let addEmbedding: TimestepEmbedding?
  private let downBlocks: [DownBlock]
  private let midBlock: MidBlock
  private let upBlocks: [UpBlock]
  private let convNormOut: GroupNorm

  /// The channels that go in: 4, 9 where a mask and a masked latent are added for inpainting, or 8 where the latent of
  /// a picture that is to be changed is added.
  public var inChannels: Int { configuration.inChannels }
  /// The width `D` of the text's tokens.
  public var contextWidth: Int { configuration.contextWidth }
  /// Whether a call needs the pooled text embedding and the sizes, as SDXL does.
  public var needsAddedConditioning: Bool { configuration.added != nil }

  init(_ weights: Weights, _ configuration: UNetConfiguration) {
    self.configuration = configuration
    let levels = configuration.levels
    let (top, bottom) = (levels[0], levels[levels.count - 1])
    convIn = Convolution(weights["conv_in"], configuration.inChannels, top.channels)
    timeEmbedding = TimestepEmbedding(
      weights["time_embedding"], top.channels, configuration.timeWidth)
    addEmbedding = configuration.added.map {
      TimestepEmbedding(weights["add_embedding"], $0.inputs, configuration.timeWidth)
    }
    downBlocks = levels.indices.map { DownBlock(weights["down_blocks"][$0], at: $0, configuration) }
    midBlock = MidBlock(weights["mid_block"], level: bottom, configuration)
    upBlocks = levels.indices.map { UpBlock(weights["up_blocks"][$0], at: $0, configuration) }
    convNormOut = GroupNorm(
      weights["conv_norm_out"], top.channels, groups: configuration.groups,
      epsilon: configuration.epsilon)
    convOut = Convolution(weights["conv_out"], top.channels, configuration.outChannels)
  }

  /// Predicts the noise, or `v`, in a latent.
  /// - Parameters:
  ///   - x: the noisy latent, `[N, h, w, inChannels]`, scaled as the model was trained.
  ///   - timestep: in 0...1000, not necessarily whole.
  ///   - context: the text, `[N, L, D]`.
  ///   - added: SDXL's second condition; nil for the other families.
  /// - Returns: `[N, h, w, outChannels]`.
  public func callAsFunction(
    _ x: Tensor, timestep: Float, context: Tensor, added: AddedConditioning? = nil
  ) -> Tensor {
    self(x, timestep: timestep, context: TextContext(context), added: added)
  }

  /// The same for a text that other calls see too: what the first makes of it, the others find there.
  public func callAsFunction(
    _ x: Tensor, timestep: Float, context: TextContext, added: AddedConditioning? = nil
  ) -> Tensor {
    TensorArena.keeping {
      run(x, timestep: timestep, context: context, added: added) { _, _ in }
    }
  }

  /// The same, and `observe` is given what every block puts out, under the block's key.
  func run(
    _ x: Tensor, timestep: Float, context: TextContext, added: AddedConditioning?,
    observe: (String, Tensor) -> Void
  ) -> Tensor {
    let conditions = UNetConditions(
      time: timeVector(timestep, batch: x.shape[0], added: added).activated(.silu),
      context: context)
    var x = convIn(x)
    var skips = [x]
    for (index, block) in downBlocks.enumerated() {
      x = block(x, conditions, skips: &skips)
      observe("down_blocks.\(index)", x)
    }
    x = midBlock(x, conditions)
    observe("mid_block", x)
    for (index, block) in upBlocks.enumerated() {
      x = block(x, conditions, skips: &skips)
      observe("up_blocks.\(index)", x)
    }
    return convOut(convNormOut.input(x, then: .silu))
  }

  /// The embedding of the time and of what is added to it, `[N, T]`.
  private func timeVector(_ timestep: Float, batch: Int, added: AddedConditioning?) -> Tensor {
    let waves = sinusoids(configuration.levels[0].channels)
    let time = timeEmbedding(waves(Array(repeating: timestep, count: batch)))
    guard let added, let addEmbedding, let width = configuration.added?.timeWidth else {
      return time
    }
    let ids = added.timeIDs
    let sizes = sinusoids(width)(ids.elements).reshaped(to: [ids.shape[0], ids.shape[1] * width])
    return time + addEmbedding(added.pooled.concatenated(with: sizes, axis: -1))
  }

  private func sinusoids(_ width: Int) -> Sinusoids {
    Sinusoids(
      width: width, flipsSineToCosine: configuration.flipsSineToCosine,
      frequencyShift: configuration.frequencyShift)
  }
}

/// SDXL's second condition.
public struct AddedConditioning: Sendable {
  /// The pooled text embedding, `[N, P]`.
  public let pooled: Tensor
  /// Original height and width, top and left of the crop, target height and width, `[N, 6]`.
  public let timeIDs: Tensor

  /// - Parameters:
  ///   - pooled: `[N, P]`.
  ///   - timeIDs: `[N, 6]`, in pixels.
  public init(pooled: Tensor, timeIDs: Tensor) {
    self.pooled = pooled
    self.timeIDs = timeIDs
  }
}

extension DownBlock {
  fileprivate init(_ weights: Weights, at index: Int, _ configuration: UNetConfiguration) {
    let levels = configuration.levels
    self.init(
      weights, inputs: levels[max(index - 1, 0)].channels, level: levels[index],
      isLast: index == levels.count - 1, configuration)
  }
}

extension UpBlock {
  /// Blocks on the way up are counted from the lowest level. Each takes, latest first, what its level
  /// kept on the way down and then what came into that level.
  fileprivate init(_ weights: Weights, at index: Int, _ configuration: UNetConfiguration) {
    let levels = configuration.levels
    let own = levels.count - 1 - index
    let level = levels[own]
    let above = levels[max(own - 1, 0)].channels
    self.init(
      weights, inputs: levels[min(own + 1, levels.count - 1)].channels,
      skips: Array(repeating: level.channels, count: level.layers) + [above], level: level,
      isLast: own == 0, configuration)
  }
}
