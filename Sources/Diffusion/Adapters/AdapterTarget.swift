/// The parts of a model that adapters change.
enum AdaptedPart: Hashable, Sendable {
  case unet
  /// The first text encoder, 0, or SDXL's second, 1.
  case textEncoder(Int)
}

/// A module of a model, by a name that is one and the same for all spellings: its key with underscores for dots.
///
/// No two modules of a model are alike without their dots; so nothing need be guessed of where they stood.
struct AdapterTarget: Hashable, Sendable {
  let part: AdaptedPart
  let name: String

  /// - Parameter key: of a module of this part of the model, as diffusers and transformers name it.
  init(_ part: AdaptedPart, key: String) {
    self.part = part
    let name = key.replacing(".", with: "_")
    self.name = part == .unet ? name : Self.encoderName(name)
  }

  /// - Parameter module: as a file spells it.
  /// - Returns: nil where it names no part of a model that adapters change.
  init?(spelled module: String) {
    let name = module.replacing(".", with: "_").withoutPrefix("base_model_model_")
    guard let (part, rest) = Self.prefixed(name) ?? Self.bare(name) else { return nil }
    self.init(part, key: rest)
  }

  private static func prefixed(_ name: String) -> (AdaptedPart, String)? {
    for (prefix, part) in prefixes where name.hasPrefix(prefix) {
      return (part, String(name.dropFirst(prefix.count)))
    }
    return nil
  }

  /// The longer before those that they begin with.
  private static let prefixes: [(String, AdaptedPart)] = [
    ("lora_unet_", .unet), ("lycoris_unet_", .unet), ("lycoris_", .unet), ("unet_", .unet),
    ("model_diffusion_model_", .unet), ("diffusion_model_", .unet),
    ("lora_te1_", .textEncoder(0)), ("lora_te2_", .textEncoder(1)), ("lora_te_", .textEncoder(0)),
    ("text_encoder_2_", .textEncoder(1)), ("text_encoder_", .textEncoder(0)),
  ]

  /// A file of one part alone may do without a prefix.
  private static func bare(_ name: String) -> (AdaptedPart, String)? {
    if encoderStarts.contains(where: name.hasPrefix) { return (.textEncoder(0), name) }
    return unetStarts.contains(where: name.hasPrefix) ? (.unet, name) : nil
  }

  private static let encoderStarts = [
    "text_model_", "encoder_layers_", "embeddings_", "final_layer_norm", "text_projection",
  ]
  private static let unetStarts = [
    "down_blocks_", "mid_block_", "up_blocks_", "conv_", "time_embedding_", "add_embedding_",
    "input_blocks_", "middle_block_", "output_blocks_", "time_embed_", "label_emb_", "out_",
  ]

  /// transformers 5 has no prefix; old versions of diffusers named the attention's layers as the UNet's.
  private static func encoderName(_ name: String) -> String {
    let name = name.withoutPrefix("text_model_")
    for (old, new) in attentionNames where name.hasSuffix("_self_attn_\(old)") {
      return name.dropLast(old.count) + new
    }
    return name
  }

  private static let attentionNames = [
    ("to_q", "q_proj"), ("to_k", "k_proj"), ("to_v", "v_proj"), ("to_out", "out_proj"),
  ]
}

extension String {
  fileprivate func withoutPrefix(_ prefix: String) -> String {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self
  }
}
