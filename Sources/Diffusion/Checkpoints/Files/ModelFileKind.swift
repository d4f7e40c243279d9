import Tensor

/// What a safetensors file is, told by its keys alone.
public enum ModelFileKind: String, Sendable, CaseIterable {
  /// A UNet with its text encoders and its autoencoder.
  case checkpoint
  case unet, vae
  case textEncoder = "text-encoder"
  /// A small autoencoder for previews.
  case taesd
  /// Low-rank changes of weights: LoRA, LoCon, LoHa, LoKr, DoRA.
  case lora
  /// Vectors of a textual inversion.
  case embedding
  case controlnet, upscaler, refiner
  /// A UNet of 3 and more text encoders or of another kind, or something that is no model at all.
  case unknown
}

extension ModelFileKind {
  init(_ file: CheckpointFile) {
    let keys = file.file.header.tensors.keys
    self =
      if file.isRefiner { .refiner } else if file.unet != nil {
        file.vae != nil || !file.encoders.isEmpty ? .checkpoint : .unet
      } else if let mark = Self.marks.first(where: { mark in keys.contains(where: mark.matches) }) {
        mark.kind
      } else if file.vae != nil { .vae } else if !file.encoders.isEmpty { .textEncoder } else {
        .unknown
      }
  }

  private struct Mark {
    let kind: ModelFileKind
    let matches: @Sendable (String) -> Bool
  }

  private static let marks = [
    mark(
      .lora,
      [".lora_down.", ".lora_up.", ".lora_A.", ".lora_B.", ".hada_w1_", ".lokr_w", ".lora.up."]),
    mark(.controlnet, ["control_model.", "controlnet_cond_embedding.", "input_hint_block."]),
    Mark(kind: .embedding) { ["emb_params", "clip_l", "clip_g", "string_to_param"].contains($0) },
    Mark(kind: .taesd) {
      ["taesd_decoder.1.weight", "decoder.layers.0.weight", "decoder.1.weight", "1.conv.0.weight"]
        .contains($0)
    },
    mark(.upscaler, ["conv_first.weight", "model.1.sub.0", "body.0.rdb1."]),
  ]

  private static func mark(_ kind: ModelFileKind, _ parts: [String]) -> Mark {
    Mark(kind: kind) { key in parts.contains { key.contains($0) } }
  }

  /// With its article.
  var phrase: String {
    switch self {
    case .checkpoint: "a whole checkpoint"
    case .unet: "a UNet alone"
    case .vae: "an autoencoder alone"
    case .textEncoder: "a text encoder alone"
    case .taesd: "a small autoencoder for previews (TAESD)"
    case .lora: "a LoRA or its like"
    case .embedding: "an embedding"
    case .controlnet: "a ControlNet"
    case .upscaler: "an upscaler"
    case .refiner: "SDXL's refiner"
    case .unknown: "no model that Easel knows"
    }
  }

  /// What to do with it instead.
  var advice: String {
    switch self {
    case .checkpoint: "open it with `load-checkpoint`"
    case .unet: "open it with `load-unet`, its text encoder and autoencoder with their own nodes"
    case .vae, .taesd: "open it with `load-vae`"
    case .textEncoder: "open it with `load-text-encoder`"
    case .lora: "apply it to a model with `load-lora`"
    case .embedding: "name it in a prompt: `embedding:name`"
    case .controlnet, .upscaler: "it works beside a checkpoint, not as one"
    case .refiner: "only SDXL's base model is supported, which needs none"
    case .unknown: "it must be of the families Stable Diffusion 1, 2 or XL"
    }
  }
}
