import Tensor

extension UNetConfiguration {
  /// Reads the numbers off the shapes of the weights. What shapes do not tell is as in the published families: 8 heads
  /// where the transformers are entered by convolutions, as in SD 1.x, heads of 64 channels elsewhere, groups of 32,
  /// and sizes as 256 waves.
  /// - Throws: `CheckpointError` where a telling tensor is missing or of a size that cannot be.
  init(measuring weights: Weights) throws {
    try self.init(
      measuring: weights, out: weights.size("conv_out.weight", axis: 0, in: 1...64),
      up: weights["up_blocks"])
  }

  /// The way down and the middle alone, of a ControlNet.
  /// - Throws: the same.
  init(measuringWayDown weights: Weights) throws {
    try self.init(
      measuring: weights, out: weights.size("conv_in.weight", axis: 1, in: 1...64), up: nil)
  }

  private init(measuring weights: Weights, out: Int, up: Weights?) throws {
    let transformer = try Self.transformer(weights, isNeeded: up != nil)
    let attention = transformer?["transformer_blocks"][0]["attn2"]
    inChannels = try weights.size("conv_in.weight", axis: 1, in: 1...64)
    outChannels = out
    contextWidth = try attention?.size("to_k.weight", axis: 1) ?? 0
    usesLinearProjection = transformer?.shape(of: "proj_in.weight").map { $0.rank == 2 } ?? true
    groups = 32
    epsilon = 1e-5
    flipsSineToCosine = true
    frequencyShift = 0
    added = try Added(measuring: weights["add_embedding"])
    attendsInMiddle = up != nil || weights["mid_block"].contains("attentions.0.norm.weight")
    levels = try Self.levels(
      weights, up: up, attendsInMiddle: attendsInMiddle, isHeadOfFixedSize: usesLinearProjection)
  }

  /// A transformer that tells what all of them are like: that in the middle, or the first of all. Small ControlNets have none.
  private static func transformer(_ weights: Weights, isNeeded: Bool) throws -> Weights? {
    let down = weights["down_blocks"]
    let blocks = [weights["mid_block"]] + (0..<8).map { down[$0] }
    let transformers = blocks.map { $0["attentions"][0] }
    return isNeeded ? transformers[0] : transformers.first { $0.contains("proj_in.weight") }
  }

  private static func levels(
    _ weights: Weights, up: Weights?, attendsInMiddle: Bool, isHeadOfFixedSize: Bool
  ) throws -> [Level] {
    let down = weights["down_blocks"]
    let count = down.count(having: "resnets.0.norm1.weight")
    guard (1...8).contains(count) else {
      throw weights.unmeasurable("down_blocks.0.resnets.0.norm1.weight")
    }
    return try (0..<count).map { index in
      try Level(
        down: down[index], up: up?[count - 1 - index],
        transformer: index == count - 1 && attendsInMiddle ? weights["mid_block"] : down[index],
        isHeadOfFixedSize: isHeadOfFixedSize)
    }
  }
}

extension UNetConfiguration.Level {
  /// - Parameter transformer: the block whose transformer tells the depth; that of the lowest level is the middle.
  fileprivate init(
    down: Weights, up: Weights?, transformer: Weights, isHeadOfFixedSize: Bool
  ) throws {
    let isMultiple = isHeadOfFixedSize ? 64 : 32
    let depth = transformer["attentions"][0]["transformer_blocks"].count(having: "norm1.weight")
    channels = try down.size(
      "resnets.0.conv1.weight", axis: 0, in: 4...65_536, multipleOf: isMultiple)
    layers = min(down["resnets"].count(having: "conv1.weight"), 16)
    self.depth = max(depth, 1)
    heads = isHeadOfFixedSize ? channels / 64 : 8
    attendsDown = down.contains("attentions.0.norm.weight")
    attendsUp = up?.contains("attentions.0.norm.weight") ?? false
  }
}

extension UNetConfiguration.Added {
  fileprivate init?(measuring weights: Weights) throws {
    guard weights.contains("linear_1.weight") else { return nil }
    timeWidth = 256
    inputs = try weights.size("linear_1.weight", axis: 1)
  }
}
