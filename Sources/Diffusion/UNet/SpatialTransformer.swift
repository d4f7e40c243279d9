import Tensor

/// diffusers' `Transformer2DModel`: a picture as a sequence of pixels through transformer blocks.
struct SpatialTransformer: Sendable {
  private let norm: GroupNorm
  private let projIn, projOut: Linear
  private let transformerBlocks: [TransformerBlock]

  init(_ weights: Weights, _ level: UNetConfiguration.Level, _ configuration: UNetConfiguration) {
    let storage: Linear.Storage = configuration.usesLinearProjection ? .matrix : .convolution
    // Nearly all of a UNet's linear work, on many rows that a norm has just brought to one size. What is left out,
    // the time's embedding, is one row that every pixel hears.
    let weights = weights.reduced
    let width = level.channels
    norm = GroupNorm(weights["norm"], width, groups: configuration.groups, epsilon: 1e-6)
    projIn = Linear(weights["proj_in"], width, width, storage: storage)
    transformerBlocks = (0..<level.depth).map { index in
      TransformerBlock(
        weights["transformer_blocks"][index], width: width,
        contextWidth: configuration.contextWidth, heads: level.heads)
    }
    projOut = Linear(weights["proj_out"], width, width, storage: storage)
  }

  /// - Parameter x: `[N, H, W, C]`.
  func callAsFunction(_ x: Tensor, context: TextContext) -> Tensor {
    let pixels: Shape = [x.shape[0], x.shape[1] * x.shape[2], x.shape[3]]
    var hidden = projIn(norm(x)).reshaped(to: pixels)
    for block in transformerBlocks { hidden = block(hidden, context: context) }
    return projOut(hidden, plus: x.reshaped(to: pixels)).reshaped(to: x.shape)
  }
}
