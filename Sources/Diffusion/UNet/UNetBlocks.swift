import Tensor

/// What every block is conditioned on.
struct UNetConditions {
  /// The activated time embedding, `[N, T]`.
  let time: Tensor
  /// The text, of the same `N`.
  let context: TextContext
}

/// A resnet and, at levels that attend, the transformer after it.
private struct UNetLayer: Sendable {
  let resnet: ResnetBlock
  let attention: SpatialTransformer?

  /// - Parameter weights: the block's place; the layer's parts are numbered in two lists there.
  init(
    _ weights: Weights, index: Int, inputs: Int, level: UNetConfiguration.Level, attends: Bool,
    _ configuration: UNetConfiguration
  ) {
    resnet = ResnetBlock(
      weights["resnets"][index], inputs, level.channels, timeWidth: configuration.timeWidth,
      groups: configuration.groups, epsilon: configuration.epsilon)
    attention =
      attends ? SpatialTransformer(weights["attentions"][index], level, configuration) : nil
  }

  func callAsFunction(_ x: Tensor, _ conditions: UNetConditions) -> Tensor {
    let x = resnet(x, time: conditions.time)
    return attention?(x, context: conditions.context) ?? x
  }
}

/// One level on the way down. Every layer's output is kept for the way up.
struct DownBlock: Sendable {
  private let layers: [UNetLayer]
  private let downsampler: Downsample?

  init(
    _ weights: Weights, inputs: Int, level: UNetConfiguration.Level, isLast: Bool,
    _ configuration: UNetConfiguration
  ) {
    layers = (0..<level.layers).map { index in
      UNetLayer(
        weights, index: index, inputs: index == 0 ? inputs : level.channels, level: level,
        attends: level.attendsDown, configuration)
    }
    downsampler =
      isLast ? nil : Downsample(weights["downsamplers"][0], level.channels, padding: 1)
  }

  /// `[N, H, W, I]` to `[N, H/2, W/2, C]`; appends what the way up will need.
  func callAsFunction(
    _ x: Tensor, _ conditions: UNetConditions, skips: inout [Tensor]
  ) -> Tensor {
    var x = x
    for layer in layers {
      x = layer(x, conditions)
      skips.append(x)
    }
    guard let downsampler else { return x }
    x = downsampler(x)
    skips.append(x)
    return x
  }
}

/// The lowest level: two resnets with a transformer between them, or one resnet alone, `[N, H, W, C]`.
struct MidBlock: Sendable {
  private let layers: [UNetLayer]

  init(_ weights: Weights, level: UNetConfiguration.Level, _ configuration: UNetConfiguration) {
    let attends = configuration.attendsInMiddle ? [true, false] : [false]
    layers = attends.enumerated().map { index, attends in
      UNetLayer(
        weights, index: index, inputs: level.channels, level: level, attends: attends,
        configuration)
    }
  }

  func callAsFunction(_ x: Tensor, _ conditions: UNetConditions) -> Tensor {
    layers.reduce(x) { x, layer in layer(x, conditions) }
  }
}

/// One level on the way up. Every layer takes one of the kept outputs, the latest first.
struct UpBlock: Sendable {
  private let layers: [UNetLayer]
  private let upsampler: Upsample?

  /// - Parameters:
  ///   - inputs: the channels that come from below.
  ///   - skips: the channels of the kept outputs, in the order in which they are taken.
  init(
    _ weights: Weights, inputs: Int, skips: some Collection<Int>, level: UNetConfiguration.Level,
    isLast: Bool, _ configuration: UNetConfiguration
  ) {
    layers = skips.enumerated().map { index, skip in
      UNetLayer(
        weights, index: index, inputs: (index == 0 ? inputs : level.channels) + skip, level: level,
        attends: level.attendsUp, configuration)
    }
    upsampler = isLast ? nil : Upsample(weights["upsamplers"][0], level.channels)
  }

  /// `[N, h, w, I]` to `[N, H, W, C]`, where H and W are those of the next kept output.
  func callAsFunction(
    _ x: Tensor, _ conditions: UNetConditions, skips: inout [Tensor]
  ) -> Tensor {
    var x = x
    for layer in layers {
      x = layer(x.concatenated(with: skips.removeLast(), axis: -1), conditions)
    }
    guard let upsampler, let next = skips.last else { return x }
    return upsampler(x, height: next.shape[1], width: next.shape[2])
  }
}
