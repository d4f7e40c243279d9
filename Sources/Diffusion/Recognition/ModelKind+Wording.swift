extension ModelKind? {
  /// What a file of this kind is, with its article; nil is what nothing was recognised in.
  var phrase: String {
    switch self {
    case .checkpoint: "a whole checkpoint"
    case .unet: "a UNet alone"
    case .vae: "an autoencoder alone"
    case .textEncoder: "a text encoder alone"
    case .vaeApprox: "a small autoencoder for previews"
    case .lora: "a LoRA or its like"
    case .embedding: "an embedding"
    case .controlnet: "a ControlNet"
    case .upscaler: "an upscaler"
    case .detector: "a detector"
    case .imageEncoder: "an image encoder"
    case .styleModel: "a style model"
    case nil: "no model that Easel knows"
    }
  }

  /// What to do with it instead.
  var advice: String {
    switch self {
    case .checkpoint: "open it with `load-checkpoint`"
    case .unet: "open it with `load-unet`, its text encoder and autoencoder with their own nodes"
    case .vae, .vaeApprox: "open it with `load-vae`"
    case .textEncoder: "open it with `load-text-encoder`"
    case .lora: "apply it to a model with `load-lora`"
    case .embedding: "name it in a prompt: `embedding:name`"
    case .controlnet: "open it with `load-controlnet`"
    case .detector: "open it with `load-detector`"
    case .upscaler: "open it with `load-upscaler`"
    case .imageEncoder, .styleModel:
      "it works beside a checkpoint, not as one"
    case nil: "it must be of the families Stable Diffusion 1, 2 or XL"
    }
  }
}
