/// How a model's noise levels were laid out when it was trained: the fields of a
/// `scheduler_config.json` that say so, with diffusers' meaning.
public struct NoiseScheduleConfiguration: Hashable, Sendable {
  /// The number of training steps, at least 2.
  public var trainingSteps = 1000
  /// Beta at the first training step; `squaredCosine` has its own.
  public var betaStart = 0.00085
  /// Beta at the last training step.
  public var betaEnd = 0.012
  /// How beta rises between them.
  public var betaCurve = BetaCurve.scaledLinear
  /// What the UNet was trained to predict.
  public var prediction = PredictionType.epsilon
  /// Whether the betas are moved so that the last step is noise alone.
  public var rescalesToZeroTerminalSNR = false
  /// What is added to the timesteps of the schedule `leading`.
  public var leadingOffset = 0
  /// Levels without betas, as Playground v2.5 has them; nil for those that betas make.
  public var edm: EDMFormulation?

  /// The levels of Stable Diffusion.
  public init() {}
}

/// What a UNet predicts of a noisy latent.
public enum PredictionType: String, Hashable, Sendable, CaseIterable {
  case epsilon
  /// Salimans and Ho, "Progressive Distillation for Fast Sampling of Diffusion Models" (2022),
  /// appendix D.
  case velocity = "v_prediction"
}

/// Noise levels from one sigma to another, and the network's in- and outputs scaled by them: Karras et al., "Elucidating
/// the Design Space of Diffusion-Based Generative Models" (2022), section 5.
public struct EDMFormulation: Hashable, Sendable {
  /// The smallest level.
  public var sigmaMin = 0.002
  /// The largest level.
  public var sigmaMax = 80.0
  /// The deviation of clean latents.
  public var sigmaData = 0.5

  /// The levels of Playground v2.5.
  public init() {}
}
