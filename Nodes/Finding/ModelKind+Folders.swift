import Diffusion

extension ModelKind {
  /// The folders for it in a tree of models, in lower case: ComfyUI's names, then those of AUTOMATIC1111's
  /// program.
  var folderNames: [String] {
    switch self {
    case .checkpoint: ["checkpoints", "diffusers", "stable-diffusion"]
    case .unet: ["diffusion_models", "unet"]
    case .textEncoder: ["text_encoders", "clip", "text_encoder"]
    case .vae: ["vae"]
    case .vaeApprox: ["vae_approx", "vae-approx"]
    case .lora: ["loras", "lora", "lycoris"]
    case .embedding: ["embeddings"]
    case .controlnet: ["controlnet", "t2i_adapter"]
    case .upscaler: ["upscale_models", "esrgan", "realesrgan"]
    case .detector: ["detectors"]
    case .imageEncoder: ["clip_vision"]
    case .styleModel: ["style_models"]
    }
  }

  /// What the models in a folder of this name are for; nil for a name that says nothing.
  init?(folder name: String) {
    guard let kind = Self.byFolder[name.lowercased()] else { return nil }
    self = kind
  }

  private static let byFolder = Dictionary(
    uniqueKeysWithValues: allCases.flatMap { kind in kind.folderNames.map { ($0, kind) } })

  /// The kinds that serve in place of this one, the most fitting first: a part can be taken from a whole.
  var substitutes: [ModelKind] {
    switch self {
    case .vae: [.vae, .vaeApprox, .checkpoint]
    case .unet, .textEncoder: [self, .checkpoint]
    default: [self]
    }
  }
}
