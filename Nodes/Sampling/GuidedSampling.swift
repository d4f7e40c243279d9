import Diffusion
import Engine
import Graph

/// What the nodes that sample have in common.
struct GuidedSampling {
  var model: DiffusionModel
  var positive: Conditioning
  var negative: Conditioning?
  var cfg: Double
  var latent: Latent
  /// What the model sees at once; nil for all of the latent.
  var tiles: LatentTiles?

  /// What a step takes, in bytes.
  var peakBytes: Int {
    let shape = latent.samples.shape
    return model.stepBytes(
      heeding: [positive, negative], cfg: cfg,
      height: min(shape[1], tiles?.size ?? .max), width: min(shape[2], tiles?.size ?? .max))
  }

  func callAsFunction(_ settings: SamplingSettings, _ context: RunContext) throws -> Latent {
    let unet = try model.unet()
    let negative =
      try cfg == 1
      ? positive
      : (negative ?? model.unprompted() ?? positive).showingPicture(of: positive)
        .controlled(as: positive)
    for conditioning in [positive, negative] {
      try unet.verify(latent: latent.samples, conditioning: conditioning)
    }
    let schedule = NoiseSchedule(model.noise)
    let denoiser = GuidedDenoiser(
      unet: unet, schedule: schedule, guidance: model.guidance, positive: positive,
      negative: negative, cfg: Float(cfg), width: latent.width, height: latent.height,
      tiles: tiles)
    let samples = try settings.sample(
      latent.samples, model: schedule, denoise: denoiser.callAsFunction,
      finishedStep: { step, count, clean in
        try context.finished(step: step, of: count, preview: model.stepPreview(of: clean))
      })
    for control in positive.controls + negative.controls { try control.verify(samples) }
    try model.verify(samples)
    return Latent(samples: samples)
  }
}

extension DiffusionModel {
  /// What a step takes, in bytes, in which the model sees a latent of this height and width, in its elements.
  func stepBytes(
    heeding conditionings: [Conditioning?], cfg: Double, height: Int, width: Int
  ) -> Int {
    let batch = cfg == 1 ? 1 : 2
    let controls = conditionings.compactMap(\.self).flatMap(\.controls).map {
      $0.peakBytes(batch: batch, height: height, width: width)
    }
    let unet = try? unet().peakBytes(batch: batch, height: height, width: width)
    return (unet ?? 0) + (controls.max() ?? 0)
  }
}

extension SamplingSettings {
  /// Takes the levels and the noise that a graph gives. Throws `NoiseLevelError`.
  mutating func take(sigmas: [Double]?, noise: Latent?) throws {
    if let sigmas { try NoiseLevelList.verify(sigmas) }
    self.sigmas = sigmas?.map(Float.init)
    self.noise = noise?.samples
  }
}

extension SamplerName: ChoicePortValue {}
extension ScheduleName: ChoicePortValue {}
extension NoiseLibrary: ChoicePortValue {}
