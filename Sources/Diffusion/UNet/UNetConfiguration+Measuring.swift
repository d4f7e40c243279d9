import Tensor

extension UNetConfiguration {
  /// Reads the numbers off the shapes of the weights. What shapes do not tell is as in the published families: 8 heads
  /// where the transformers are entered by convolutions, as in SD 1.x, heads of 64 channels elsewhere, groups of 32,
  /// and sizes as 256 waves.
  /// - Throws: `CheckpointError` where a telling tensor is missing or of a size that cannot be.
  init(measuring weights: Weights) throws {
    let middle = weights["mid_block"]["attentions"][0]
    let attention = middle["transformer_blocks"][0]["attn2"]
    inChannels = try weights.size("conv_in.weight", axis: 1, in: 1...64)
    outChannels = try weights.size("conv_out.weight", axis: 0, in: 1...64)
    contextWidth = try attention.size("to_k.weight", axis: 1)
    usesLinearProjection = middle.shape(of: "proj_in.weight")?.rank == 2
    groups = 32
    epsilon = 1e-5
    flipsSineToCosine = true
    frequencyShift = 0
    added = try Added(measuring: weights["add_embedding"])
    levels = try Self.levels(weights, isHeadOfFixedSize: usesLinearProjection)
  }

  private static func levels(_ weights: Weights, isHeadOfFixedSize: Bool) throws -> [Level] {
    let (down, up) = (weights["down_blocks"], weights["up_blocks"])
    let count = down.count(having: "resnets.0.norm1.weight")
    guard (1...8).contains(count) else {
      throw weights.unmeasurable("down_blocks.0.resnets.0.norm1.weight")
    }
    return try (0..<count).map { index in
      try Level(
        down: down[index], up: up[count - 1 - index],
        transformer: index == count - 1 ? weights["mid_block"] : down[index],
        isHeadOfFixedSize: isHeadOfFixedSize)
    }
  }
}

extension UNetConfiguration.Level {
  /// - Parameter transformer: the block whose transformer tells the depth; that of the lowest level is the middle.
  fileprivate init(
    down: Weights, up: Weights, transformer: Weights, isHeadOfFixedSize: Bool
  ) throws {
    let isMultiple = isHeadOfFixedSize ? 64 : 32
    let depth = transformer["attentions"][0]["transformer_blocks"].count(having: "norm1.weight")
    channels = try down.size(
      "resnets.0.conv1.weight", axis: 0, in: 4...65_536, multipleOf: isMultiple)
    layers = min(down["resnets"].count(having: "conv1.weight"), 16)
    self.depth = max(depth, 1)
    heads = isHeadOfFixedSize ? channels / 64 : 8
    attendsDown = down.contains("attentions.0.norm.weight")
    attendsUp = up.contains("attentions.0.norm.weight")
  }
}

extension UNetConfiguration.Added {
  fileprivate init?(measuring weights: Weights) throws {
    guard weights.contains("linear_1.weight") else { return nil }
    timeWidth = 256
    inputs = try weights.size("linear_1.weight", axis: 1)
  }
}
