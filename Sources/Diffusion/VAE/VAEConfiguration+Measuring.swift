import Tensor

extension VAEConfiguration {
  /// Reads the numbers off the shapes of the weights, with the published families' groups of 32.
  /// - Parameter scaling: what no shape tells.
  /// - Throws: `CheckpointError` where a telling tensor is missing or of a size that cannot be.
  init(measuring weights: Weights, _ scaling: LatentScaling) throws {
    let (encoder, decoder) = (weights["encoder"], weights["decoder"])
    let down = encoder["down_blocks"]
    let count = down.count(having: "resnets.0.norm1.weight")
    guard (1...8).contains(count) else {
      throw encoder.unmeasurable("down_blocks.0.resnets.0.norm1.weight")
    }
    latentChannels = try decoder.size("conv_in.weight", axis: 1, in: 1...64)
    channels = try (0..<count).map {
      try down[$0].size("resnets.0.conv1.weight", axis: 0, in: 1...65_536, multipleOf: 32)
    }
    layers = min(down[0]["resnets"].count(having: "conv1.weight"), 64)
    groups = 32
    attendsInMiddle = decoder.contains("mid_block.attentions.0.group_norm.weight")
    hasQuantConv = weights.contains("quant_conv.weight")
    hasPostQuantConv = weights.contains("post_quant_conv.weight")
    self.scaling = scaling
    if let count = scaling.normalization?.mean.count, count != latentChannels {
      throw CheckpointError.malformed(
        path: weights.archive.files.name,
        reason: "`edm_mean` has \(count) numbers, but latents have \(latentChannels) channels")
    }
  }
}
