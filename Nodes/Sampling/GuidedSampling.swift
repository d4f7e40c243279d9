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
    let (batch, unet) = (cfg == 1 ? 1 : 2, try? model.unet())
    let (height, width) = (min(shape[1], tiles?.size ?? .max), min(shape[2], tiles?.size ?? .max))
    let controls = positive.controls.map {
      $0.peakBytes(batch: batch, height: height, width: width)
    }
    return (unet?.peakBytes(batch: batch, height: height, width: width) ?? 0)
      + (controls.max() ?? 0)
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
