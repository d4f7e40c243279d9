import Tensor

extension TextEncoderConfiguration {
  /// OpenAI's CLIP ViT-L/14, of Stable Diffusion 1 and XL: 123,060,480 parameters.
  ///
  /// Source: `text_encoder/config.json` of `stable-diffusion-v1-5/stable-diffusion-v1-5`.
  static let clipL = TextEncoderConfiguration(
    width: 768, layers: 12, heads: 12, activation: .quickGELU, projection: nil)

  /// OpenCLIP ViT-H/14 without its last layer, of Stable Diffusion 2: 340,387,840 parameters.
  ///
  /// Source: `text_encoder/config.json` of `stabilityai/stable-diffusion-2-1`.
  static let openCLIPH = TextEncoderConfiguration(
    width: 1024, layers: 23, heads: 16, activation: .gelu, projection: nil)

  /// OpenCLIP ViT-bigG/14, the second encoder of Stable Diffusion XL: 694,659,840 parameters.
  ///
  /// Source: `text_encoder_2/config.json` of `stabilityai/stable-diffusion-xl-base-1.0`.
  static let openCLIPBigG = TextEncoderConfiguration(
    width: 1280, layers: 32, heads: 20, activation: .gelu, projection: 1280)

  /// With what the published encoders have in common.
  private init(width: Int, layers: Int, heads: Int, activation: Activation, projection: Int?) {
    self.init(
      vocabulary: 49_408, width: width, hiddenWidth: 4 * width, layers: layers, heads: heads,
      positions: 77, epsilon: 1e-5, activation: activation, projection: projection,
      endToken: 49_407)
  }
}
