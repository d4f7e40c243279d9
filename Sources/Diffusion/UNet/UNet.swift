import Tensor

/// The denoiser of SD 1.x, SD 2.x and SDXL: diffusers' `UNet2DConditionModel`, by its configuration.
///
/// Re-entrant: a call changes nothing but reading weights that no call has read before.
public struct UNet: Sendable {
  let configuration: UNetConfiguration
  private let encoder: UNetEncoder
  private let upBlocks: [UpBlock]
  private let convNormOut: GroupNorm
  private let convOut: Convolution

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
    let top = levels[0]
    encoder = UNetEncoder(weights, configuration)
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
  ///   - residuals: what ControlNets add.
  /// - Returns: `[N, h, w, outChannels]`.
  public func callAsFunction(
    _ x: Tensor, timestep: Float, context: Tensor, added: AddedConditioning? = nil,
    residuals: ControlResiduals? = nil
  ) -> Tensor {
    self(
      x, timestep: timestep, context: TextContext(context), added: added, residuals: residuals)
  }

  /// The same for a text that other calls see too: what the first makes of it, the others find there.
  public func callAsFunction(
    _ x: Tensor, timestep: Float, context: TextContext, added: AddedConditioning? = nil,
    residuals: ControlResiduals? = nil
  ) -> Tensor {
    TensorArena.keeping {
      run(x, timestep: timestep, context: context, added: added, residuals: residuals) { _, _ in }
    }
  }

  /// The same, and `observe` is given what every block puts out, under the block's key.
  func run(
    _ x: Tensor, timestep: Float, context: TextContext, added: AddedConditioning?,
    residuals: ControlResiduals? = nil, observe: (String, Tensor) -> Void
  ) -> Tensor {
    var encoded = encoder(
      x, timestep: timestep, context: context, added: added, observe: observe)
    if let residuals { encoded.add(residuals) }
    var x = encoded.middle
    for (index, block) in upBlocks.enumerated() {
      x = block(x, encoded.conditions, skips: &encoded.skips)
      observe("up_blocks.\(index)", x)
    }
    return convOut(convNormOut.input(x, then: .silu))
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
