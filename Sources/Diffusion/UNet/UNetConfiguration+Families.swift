extension UNetConfiguration {
  /// Stable Diffusion 1.5: 859,520,964 parameters.
  ///
  /// Source: `unet/config.json` of `stable-diffusion-v1-5/stable-diffusion-v1-5`.
  static let stableDiffusion15 = UNetConfiguration(
    contextWidth: 768, usesLinearProjection: false, added: nil,
    levels: [
      Level(channels: 320, depth: 1, heads: 8), Level(channels: 640, depth: 1, heads: 8),
      Level(channels: 1280, depth: 1, heads: 8), Level(channels: 1280, depth: 0, heads: 8),
    ])

  /// Stable Diffusion 2.1: 865,910,724 parameters.
  ///
  /// Source: `unet/config.json` of `stabilityai/stable-diffusion-2-1`.
  static let stableDiffusion21 = UNetConfiguration(
    contextWidth: 1024, usesLinearProjection: true, added: nil,
    levels: [
      Level(channels: 320, depth: 1, heads: 5), Level(channels: 640, depth: 1, heads: 10),
      Level(channels: 1280, depth: 1, heads: 20), Level(channels: 1280, depth: 0, heads: 20),
    ])

  /// Stable Diffusion XL: 2,567,463,684 parameters.
  ///
  /// Source: `unet/config.json` of `stabilityai/stable-diffusion-xl-base-1.0`.
  static let stableDiffusionXL = UNetConfiguration(
    contextWidth: 2048, usesLinearProjection: true, added: Added(timeWidth: 256, inputs: 2816),
    levels: [
      Level(channels: 320, depth: 0, heads: 5), Level(channels: 640, depth: 2, heads: 10),
      Level(channels: 1280, depth: 10, heads: 20),
    ])

  /// With what the published families have in common.
  private init(contextWidth: Int, usesLinearProjection: Bool, added: Added?, levels: [Level]) {
    self.init(
      inChannels: 4, outChannels: 4, contextWidth: contextWidth, levels: levels,
      usesLinearProjection: usesLinearProjection, groups: 32, epsilon: 1e-5,
      flipsSineToCosine: true, frequencyShift: 0, added: added)
  }
}

extension UNetConfiguration.Level {
  /// Two resnets on the way down; a level of depth 0 attends only where it is the lowest, in the middle.
  fileprivate init(channels: Int, depth: Int, heads: Int) {
    self.init(
      channels: channels, layers: 2, depth: max(depth, 1), heads: heads, attendsDown: depth > 0,
      attendsUp: depth > 0)
  }
}
