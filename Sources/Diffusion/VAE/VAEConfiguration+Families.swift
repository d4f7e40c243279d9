extension VAEConfiguration {
  /// The autoencoder of Stable Diffusion 1 and 2, and but for the scaling factor of XL: 83,653,863 parameters.
  ///
  /// Source: `vae/config.json` of `stable-diffusion-v1-5/stable-diffusion-v1-5`.
  static let stableDiffusion = VAEConfiguration(
    latentChannels: 4, channels: [128, 256, 512, 512], layers: 2, groups: 32,
    attendsInMiddle: true, hasQuantConv: true, hasPostQuantConv: true,
    scaling: LatentScaling(factor: 0.18215))
}
