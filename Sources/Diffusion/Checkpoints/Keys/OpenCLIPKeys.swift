/// OpenCLIP's text encoder: queries, keys and values in one matrix, and the projection for products from the other
/// side.
///
/// Source: `open_clip/transformer.py` of mlfoundations' open_clip; the names on the other side are those of
/// transformers' `CLIPTextModel`.
struct OpenCLIPKeys: KeyTable {
  /// The layers that are used: Stable Diffusion 2 leaves out the last.
  let layers: Int
  let isProjected: Bool

  func place(of key: String) -> StoredPlace {
    if let place = Self.outside[key] { return place }
    let parts = key.split(separator: ".", maxSplits: 4)
    guard parts.count == 5, key.hasPrefix("text_model.encoder.layers.") else {
      return StoredPlace(key: key)
    }
    let layer = "transformer.resblocks.\(parts[3])"
    let fused = ["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"]
    if let dot = parts[4].lastIndex(of: "."),
      let index = fused.firstIndex(of: String(parts[4][..<dot]))
    {
      let leaf = parts[4][parts[4].index(after: dot)...]
      return StoredPlace(
        key: "\(layer).attn.in_proj_\(leaf)", form: .rows(index: index, count: fused.count))
    }
    return StoredPlace(key: "\(layer).\(Self.inside.renaming(parts[4]))")
  }

  func isKnownExtra(_ key: String) -> Bool {
    if key == "text_projection" { return !isProjected }
    let parts = key.split(separator: ".", maxSplits: 3)
    if key.hasPrefix("transformer.resblocks."), parts.count > 2, let layer = Int(parts[2]) {
      return layer >= layers
    }
    return key == "logit_scale" || key == "attn_mask"
  }

  private static let outside = [
    "text_model.embeddings.token_embedding.weight": StoredPlace(key: "token_embedding.weight"),
    "text_model.embeddings.position_embedding.weight": StoredPlace(key: "positional_embedding"),
    "text_model.final_layer_norm.weight": StoredPlace(key: "ln_final.weight"),
    "text_model.final_layer_norm.bias": StoredPlace(key: "ln_final.bias"),
    "text_projection.weight": StoredPlace(key: "text_projection", form: .transposed),
  ]

  private static let inside: [Substring: String] = [
    "layer_norm1": "ln_1", "layer_norm2": "ln_2", "self_attn.out_proj": "attn.out_proj",
    "mlp.fc1": "mlp.c_fc", "mlp.fc2": "mlp.c_proj",
  ]
}
