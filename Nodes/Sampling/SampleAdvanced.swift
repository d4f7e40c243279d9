import Diffusion
import Engine
import Graph

/// A part of a sampling run, with noise kept for the next part.
struct SampleAdvanced: Node {
  static let name = "sample-advanced"
  static let version = 1
  static let about = """
    Makes some of the steps of a run, so that another model or other prompts can make the rest: the \
    first part keeps its noise, the second adds none. Whole runs are what `sample` does.
    """

  @Input("The model that removes the noise.") var model: DiffusionModel
  @Input("What the picture shows.") var positive: Conditioning
  @Input("What it does not show; without it, what the model was trained with for no prompt.")
  var negative: Conditioning?
  @Input("Where to start: an empty latent, one of a picture, or what an earlier part left.")
  var latent: Latent
  @Input("The start of the noise; another one gives another picture.") var seed: Seed = 0
  @Input("How often noise is removed in a whole run.", in: 1...1000) var steps: Int = 20
  @Input("The first step that is made, counted from 0.", in: 0...1000) var startStep: Int = 0
  @Input("How many steps of the whole run are done at the end; by itself all.", in: 0...1000)
  var endStep: Int?
  @Input("Whether noise is added at first.") var addNoise: Bool = true
  @Input(
    "Whether the noise that is left at an early end stays; otherwise the last step removes it.")
  var keepNoise: Bool = false
  @Input("How closely to follow the prompts; 1 leaves the negative one out.", in: 0...100)
  var cfg: Double = 7
  @Input("How a step is made.") var sampler: SamplerName = .euler
  @Input("How the noise levels are spaced.") var schedule: ScheduleName = .normal
  @Input("How much of the latent is made anew in a whole run; 1 is all of it.", in: 0...1)
  var denoise: Double = 1
  @Input(
    "How much of the noise that ancestral and SDE samplers remove they replace; 1 is all.",
    in: 0...1)
  var eta: Double = 1
  @Input("Whose noise the seed stands for: PyTorch's on the CPU or by CUDA, or NumPy's.")
  var generator: NoiseLibrary = .cpu
  @Input("The first noise, instead of the seed's.") var noise: Latent?
  @Input("The noise levels, falling, instead of those of `steps`, `schedule` and `denoise`.")
  var sigmas: [Double]?
  @Output("The latent after the last of the steps, of the same size.", named: "latent")
  var sampled: Latent

  private var sampling: GuidedSampling {
    GuidedSampling(model: model, positive: positive, negative: negative, cfg: cfg, latent: latent)
  }

  var peakBytes: Int { sampling.peakBytes }

  func run(_ context: RunContext) throws {
    var settings = SamplingSettings(seed: seed.value, steps: steps, denoise: denoise)
    (settings.sampler, settings.schedule) = (sampler, schedule)
    (settings.startStep, settings.endStep) = (startStep, endStep)
    (settings.addsNoise, settings.keepsNoise) = (addNoise, keepNoise)
    (settings.library, settings.eta) = (generator, Float(eta))
    try settings.take(sigmas: sigmas, noise: noise)
    sampled = try sampling(settings, context)
  }

  static func infer(_ ports: inout Inference) throws {
    try ports.inferSampling(levelPorts: levelPorts)
    guard !ports.isOpen("start-step"), let start = ports.constantInt("start-step"),
      let end = ports.constantInt("end-step"), end <= start
    else { return }
    ports.warn(
      .needlessValue, port: "end-step", others: ["start-step"],
      "no step lies between `start-step` and `end-step`: the latent stays as it is",
      help: "let `end-step` be larger than `start-step`")
  }
}
