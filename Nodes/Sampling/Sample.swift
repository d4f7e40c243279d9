import Diffusion
import Engine
import Graph

/// Removes noise from a latent, step by step, steered by two prompts.
struct Sample: Node {
  static let name = "sample"
  static let version = 2
  static let about = """
    Removes noise from a latent, step by step, towards what one conditioning says and away from the \
    other. Noise is that of PyTorch's CPU generator for the seed.
    """

  @Input("The model that removes the noise.") var model: DiffusionModel
  @Input("What the picture shows.") var positive: Conditioning
  @Input("What it does not show; without it, what the model was trained with for no prompt.")
  var negative: Conditioning?
  @Input("Where to start: an empty latent, or one of a picture.") var latent: Latent
  @Input("The start of the noise; another one gives another picture.") var seed: Seed = 0
  @Input("How often noise is removed.", in: 1...1000) var steps: Int = 20
  @Input("How closely to follow the prompts; 1 leaves the negative one out.", in: 0...100)
  var cfg: Double = 7
  @Input("How a step is made.") var sampler: SamplerName = .euler
  @Input("How the noise levels are spaced.") var schedule: ScheduleName = .normal
  @Input("How much of the latent is made anew; 1 is all of it.", in: 0...1) var denoise: Double = 1
  @Output("The latent without noise, of the same size.", named: "latent") var sampled: Latent

  var peakBytes: Int {
    let shape = latent.samples.shape
    let unet = try? model.unet()
    return unet?.peakBytes(batch: cfg == 1 ? 1 : 2, height: shape[1], width: shape[2]) ?? 0
  }

  func run(_ context: RunContext) throws {
    let unet = try model.unet()
    let negative = try cfg == 1 ? positive : negative ?? model.unprompted() ?? positive
    for conditioning in [positive, negative] {
      try unet.verify(latent: latent.samples, conditioning: conditioning)
    }
    let noise = NoiseSchedule(model.noise)
    let denoiser = GuidedDenoiser(
      unet: unet, schedule: noise, guidance: model.guidance, positive: positive, negative: negative,
      cfg: Float(cfg), width: latent.width, height: latent.height)
    var settings = SamplingSettings(seed: seed.value, steps: steps, denoise: denoise)
    settings.sampler = sampler
    settings.schedule = schedule
    sampled = Latent(
      samples: try settings.sample(
        latent.samples, model: noise, denoise: denoiser.callAsFunction,
        finishedStep: { step, count, clean in
          try context.finished(step: step, of: count, preview: model.stepPreview(of: clean))
        }))
    try model.verify(sampled.samples)
  }

  static func infer(_ ports: inout Inference) throws {
    ports.setExtent(of: "latent", to: ports.extent(of: "latent"))
    guard ports.constants["cfg"] == .float(1), ports.inputs["negative"] != nil else { return }
    ports.warn(
      .needlessValue, port: "negative", others: ["cfg"],
      "with a `cfg` of 1, `negative` changes nothing", help: "raise `cfg`, or leave `negative` out")
  }
}

extension SamplerName: ChoicePortValue {}
extension ScheduleName: ChoicePortValue {}
