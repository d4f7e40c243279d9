/// What a model file is for.
public enum ModelKind: String, CaseIterable, Sendable, Encodable {
  /// A UNet with its text encoders and its autoencoder.
  case checkpoint
  case unet
  case textEncoder = "text-encoder"
  case vae
  /// A small decoder for previews, such as TAESD.
  case vaeApprox = "vae-approx"
  case lora
  case embedding
  case controlnet
  case upscaler
  /// A network that finds things such as faces in pictures.
  case detector
  case imageEncoder = "image-encoder"
  case styleModel = "style-model"
}
