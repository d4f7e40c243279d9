import Tensor

/// The way down of a UNet and its middle. A ControlNet is a copy of it.
struct UNetEncoder: Sendable {
  /// What the way up goes on from.
  struct Output {
    let conditions: UNetConditions
    /// What was kept on the way down, in that order.
    var skips: [Tensor]
    /// What the middle put out.
    var middle: Tensor

    /// Adds what ControlNets say.
    mutating func add(_ residuals: ControlResiduals) {
      skips = zip(skips, residuals.down).map { $0 + $1 }
      middle = middle + residuals.middle
    }
  }

  private let configuration: UNetConfiguration
  private let convIn: Convolution
  private let timeEmbedding: TimestepEmbedding
  private let addEmbedding: TimestepEmbedding?
  private let downBlocks: [DownBlock]
  private let midBlock: MidBlock

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
  }

  /// - Parameters:
  ///   - x: the noisy latent, `[N, h, w, inChannels]`.
  ///   - hint: `[N, h, w, C]`, added to what the first convolution puts out; nil for none.
  ///   - observe: is given what every block puts out, under the block's key.
  func callAsFunction(
    _ x: Tensor, timestep: Float, context: TextContext, added: AddedConditioning?,
    plus hint: Tensor? = nil, observe: (String, Tensor) -> Void = { _, _ in }
  ) -> Output {
    let conditions = UNetConditions(
      time: timeVector(timestep, batch: x.shape[0], added: added).activated(.silu),
      context: context)
    var x = convIn(x)
    if let hint { x = x + hint }
    var skips = [x]
    for (index, block) in downBlocks.enumerated() {
      x = block(x, conditions, skips: &skips)
      observe("down_blocks.\(index)", x)
    }
    x = midBlock(x, conditions)
    observe("mid_block", x)
    return Output(conditions: conditions, skips: skips, middle: x)
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

extension DownBlock {
  fileprivate init(_ weights: Weights, at index: Int, _ configuration: UNetConfiguration) {
    let levels = configuration.levels
    self.init(
      weights, inputs: levels[max(index - 1, 0)].channels, level: levels[index],
      isLast: index == levels.count - 1, configuration)
  }
}
