import Tensor

/// What a model is, by its configuration or the header of its file: enough for a list of many, without reading a
/// weight.
public struct ModelFacts: Hashable, Sendable {
  /// Nil where nothing tells.
  public var kind: ModelKind?
  /// Nil where the kind has none, and where nothing tells.
  public var family: ModelFamily?

  /// Of a file or a folder. Nothing is known of what cannot be read.
  public init(of path: String) {
    if let header = try? CheckpointHeader(of: path) {
      self.init(kind: .checkpoint, family: header.family)
    } else if fileExists(path + "/model_index.json") {
      self.init(kind: .checkpoint, family: nil)
    } else if let part = try? ConfigurationFile(path: path + "/config.json") {
      self.init(part)
    } else if let header = try? SafetensorsHeader(readingFrom: path) {
      self.init(header)
    } else {
      self.init(kind: nil, family: nil)
    }
  }

  private init(kind: ModelKind?, family: ModelFamily?) {
    self.kind = kind
    self.family = family
  }
}

extension ModelFacts {
  /// Of the folder of one part, by the name of its class.
  init(_ configuration: ConfigurationFile) {
    let names =
      [configuration["_class_name"]?.text].compactMap(\.self)
      + (configuration["architectures"]?.list ?? []).compactMap(\.text)
    let kind = names.lazy.compactMap { Self.kinds[$0] }.first
    let width = configuration["cross_attention_dim"]?.integer
    self.init(kind: kind, family: width.flatMap { ModelFamily(contextWidth: $0) })
  }

  private static let kinds: [String: ModelKind] = [
    "UNet2DConditionModel": .unet, "ControlNetModel": .controlnet, "AutoencoderKL": .vae,
    "AutoencoderTiny": .vaeApprox, "CLIPTextModel": .textEncoder,
    "CLIPTextModelWithProjection": .textEncoder, "CLIPVisionModelWithProjection": .imageEncoder,
  ]

  /// Of one file, by the names and the shapes of its tensors.
  init(_ header: SafetensorsHeader) {
    let kind = keyMarks.first { $0.marks(header) }?.kind
    self.init(
      kind: kind, family: kind == .embedding ? .init(ofEmbedding: header) : .init(of: header))
  }
}

/// What the tensors of one kind of file are called. The first that fits decides: later ones are parts of earlier ones.
private struct KeyMark {
  var kind: ModelKind
  /// Each of these is a part of some name.
  var parts: [String]

  func marks(_ header: SafetensorsHeader) -> Bool {
    parts.allSatisfy { part in header.tensors.keys.contains { $0.contains(part) } }
  }
}

private let keyMarks = [
  KeyMark(kind: .lora, parts: ["lora_"]),
  KeyMark(kind: .lora, parts: [".lora."]),
  KeyMark(kind: .lora, parts: ["hada_w1_a"]),
  KeyMark(kind: .lora, parts: ["lokr_w"]),
  KeyMark(kind: .controlnet, parts: ["input_hint_block."]),
  KeyMark(kind: .controlnet, parts: ["controlnet_cond_embedding."]),
  KeyMark(kind: .checkpoint, parts: ["model.diffusion_model.", "first_stage_model."]),
  KeyMark(kind: .unet, parts: ["input_blocks.0.", "output_blocks.0."]),
  KeyMark(kind: .unet, parts: ["down_blocks.", "up_blocks.", "time_embedding."]),
  KeyMark(kind: .vaeApprox, parts: ["decoder.layers."]),
  KeyMark(kind: .vaeApprox, parts: ["1.weight", "3.conv.0.weight"]),
  KeyMark(kind: .vae, parts: ["decoder.conv_in.", "decoder.conv_out."]),
  KeyMark(kind: .imageEncoder, parts: ["vision_model."]),
  KeyMark(kind: .textEncoder, parts: ["text_model.encoder.layers."]),
  KeyMark(kind: .textEncoder, parts: ["transformer.resblocks."]),
  KeyMark(kind: .embedding, parts: ["emb_params"]),
  KeyMark(kind: .embedding, parts: ["clip_l"]),
  KeyMark(kind: .embedding, parts: ["clip_g"]),
  KeyMark(kind: .detector, parts: ["head.score.", "head.box.", "lateral.0."]),
  KeyMark(kind: .upscaler, parts: ["conv_first.", "body.0.rdb1."]),
  KeyMark(kind: .upscaler, parts: ["conv_first.", "RRDB_trunk.0."]),
  KeyMark(kind: .upscaler, parts: ["model.0.weight", "model.1.sub."]),
  KeyMark(kind: .upscaler, parts: ["body.0.weight", "body.1.weight", "body.2.weight"]),
]

extension ModelFamily {
  /// By what the keys of the cross-attention take in.
  fileprivate init?(of header: SafetensorsHeader) {
    let endings = [
      "to_k.weight", "lora_down.weight", "lora_A.weight", "lora.down.weight", "hada_w1_b",
    ]
    let entry = header.tensors.first { name, entry in
      name.contains("attn2") && name.contains("to_k") && entry.shape.rank >= 2
        && endings.contains { name.hasSuffix($0) }
    }
    guard let shape = entry?.value.shape else { return nil }
    self.init(contextWidth: shape[1])
  }

  /// By how wide its vectors are, `[N, width]`, and whether there are some for SDXL's second encoder.
  fileprivate init?(ofEmbedding header: SafetensorsHeader) {
    if header.tensors["clip_g"] != nil {
      self = .sdxl
    } else if let shape = header.tensors.values.first?.shape, shape.rank > 0 {
      self.init(contextWidth: shape[-1])
    } else {
      return nil
    }
  }
}
