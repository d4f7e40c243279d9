import Tensor

extension TextEncoderConfiguration {
  /// Reads the numbers off the shapes of the weights. What shapes do not tell is as in the published encoders: heads
  /// 64 wide, and the activation of who trained it.
  /// - Parameter dropsLast: whether there are all layers that were trained, of which SD 2.x uses all but the last.
  /// - Throws: `CheckpointError` where a telling tensor is missing or of a size that cannot be.
  init(measuring root: Weights, as role: TextEncoderRole, dropsLast: Bool) throws {
    let prefixed = root["text_model"]
    let weights = prefixed.contains("final_layer_norm.weight") ? prefixed : root
    let embeddings = weights["embeddings"]
    let layerCount = weights["encoder"]["layers"].count(having: "layer_norm1.weight")
    vocabulary = try embeddings.size("token_embedding.weight", axis: 0)
    width = try embeddings.size("token_embedding.weight", axis: 1, multipleOf: 64)
    positions = try embeddings.size("position_embedding.weight", axis: 0, in: 2...65_536)
    hiddenWidth = try weights["encoder"]["layers"][0].size("mlp.fc1.weight", axis: 0)
    layers = role == .openCLIPH && dropsLast ? max(layerCount - 1, 1) : layerCount
    heads = width / 64
    epsilon = 1e-5
    activation = role == .clipL ? .quickGELU : .gelu
    projection =
      role == .openCLIPBigG && root.contains("text_projection.weight")
      ? try root.size("text_projection.weight", axis: 0) : nil
    endToken = vocabulary - 1
  }
}
