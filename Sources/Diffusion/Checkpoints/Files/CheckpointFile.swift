import Tensor

/// A safetensors file that holds parts of a checkpoint, recognised by its keys.
///
/// Tools keep whole checkpoints in one file, in the original layout, each part under a prefix; and parts alone, with
/// or without the prefix, in either layout.
struct CheckpointFile: Sendable {
  let file: SafetensorsFile
  let unet: WeightLayout?
  let vae: WeightLayout?
  let controlNet: WeightLayout?
  let encoders: [EncoderLayout]

  /// A text encoder in the file.
  struct EncoderLayout: Sendable {
    let role: TextEncoderRole
    /// What stands before its keys.
    let prefix: String
    /// Whether it is in OpenCLIP's layout, not in transformers'.
    let isOpenCLIP: Bool
  }

  var path: String { file.path }

  /// - Throws: `CheckpointError` where the file is a pickle or no model at all, `SafetensorsError` where it is broken.
  init(path: String) throws {
    try ModelFileFormat.refusePickle(path)
    guard path.hasSuffix(".safetensors") || ModelFileFormat.isSafetensors(path) else {
      throw CheckpointError.malformed(
        path: path, reason: "it is neither a safetensors file nor a folder in diffusers' layout")
    }
    self.init(try SafetensorsFile(path: path))
  }

  init(_ file: SafetensorsFile) {
    self.file = file
    let tensors = file.header.tensors
    unet = Self.layout(
      ["model.diffusion_model.", "diffusion_model.", "unet.", ""], tensors,
      original: ("output_blocks.0.0.emb_layers.1.weight", { LDMUNetKeys($0) }),
      diffusers: "up_blocks.0.resnets.0.time_emb_proj.weight")
    vae = Self.layout(
      ["first_stage_model.", "vae.", ""], tensors,
      original: ("decoder.mid.block_1.norm1.weight", { LDMAutoencoderKeys($0) }),
      diffusers: "decoder.mid_block.resnets.0.norm1.weight")
    controlNet = Self.layout(
      ["control_model.", "controlnet.", ""], tensors,
      original: ("input_hint_block.0.weight", { LDMControlNetKeys($0) }),
      diffusers: "controlnet_cond_embedding.conv_in.weight")
    encoders = Self.encoders(tensors)
  }

  private typealias Tensors = [String: SafetensorsHeader.Entry]

  /// The layout of a part whose marking key stands behind one of the prefixes.
  private static func layout(
    _ prefixes: [String], _ tensors: Tensors,
    original: (mark: String, keys: ((String) -> Bool) -> any KeyTable), diffusers mark: String
  ) -> WeightLayout? {
    for prefix in prefixes {
      if tensors[prefix + original.mark] != nil {
        let keys = original.keys { tensors[prefix + $0] != nil }
        return WeightLayout(prefix: prefix, keys: keys)
      }
      if tensors[prefix + mark] != nil { return WeightLayout(prefix: prefix) }
    }
    return nil
  }

  /// SD 1.x, SD 2.x, SDXL, SD 2.x as Stability's later code writes it, and encoders alone.
  private static func encoders(_ tensors: Tensors) -> [EncoderLayout] {
    let places: [(prefix: String, isOpenCLIP: Bool)] = [
      ("cond_stage_model.transformer.", false), ("cond_stage_model.model.", true),
      ("conditioner.embedders.0.transformer.", false), ("conditioner.embedders.0.model.", true),
      ("conditioner.embedders.1.model.", true), ("text_encoder.", false), ("", false), ("", true),
    ]
    return places.compactMap { prefix, isOpenCLIP in
      let marks =
        isOpenCLIP
        ? ["token_embedding.weight"]
        : [
          "text_model.embeddings.token_embedding.weight", "embeddings.token_embedding.weight",
        ]
      guard let table = marks.lazy.compactMap({ tensors[prefix + $0] }).first else { return nil }
      return EncoderLayout(
        role: TextEncoderRole(width: table.shape.sizes.last ?? 0, prefix: prefix), prefix: prefix,
        isOpenCLIP: isOpenCLIP)
    }
  }
}
