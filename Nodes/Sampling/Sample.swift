import Diffusion
import Engine
import Graph
import Imaging

/// Removes noise from a latent, step by step, steered by two prompts.
struct Sample: Node {
  static let name = "sample"
  static let version = 3
  static let about = """
    Removes noise from a latent, step by step, towards what one conditioning says and away from the \
    other. Of a batch, each picture has the next seed and is what it would be alone.
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
  @Input(
    """
    Whose noise the seed stands for: PyTorch's on the CPU, as in ComfyUI and diffusers, its CUDA generator's, as in \
    AUTOMATIC1111, or NumPy's.
    """)
  var generator: NoiseLibrary = .cpu
  @Input("The first noise, instead of the seed's.") var noise: Latent?
  @Input("The noise levels, falling, instead of those of `steps`, `schedule` and `denoise`.")
  var sigmas: [Double]?
  @Input(
    """
    Where the latent is made anew, of the picture's size: 1 is, 0 stays as it is. Of the latent's own elements, each \
    covers 8 by 8 pixels of the mask. Without it, everywhere.
    """)
  var mask: Mask?
  @Input(
    """
    Whether a grey of the mask says how much of the run makes its place anew (differential diffusion), and not how much \
    of the result is new.
    """)
  var softMask: Bool = false
  @Input(
    """
    How many pixels, in width and height, the model sees at once, a multiple of 8: for latents larger than it was \
    trained on. Each step takes the mean of overlapping tiles, so that there are no seams (MultiDiffusion). Without \
    it, all of the latent.
    """, in: 64...8192)
  var tile: Int?
  @Input(
    "How many pixels tiles share with their neighbours, at most half of `tile`; by itself a fourth.",
    in: 0...4096)
  var overlap: Int?
  @Output("The latent without noise, of the same size.", named: "latent") var sampled: Latent

  private var sampling: GuidedSampling {
    GuidedSampling(
      model: model, positive: positive, negative: negative, cfg: cfg, latent: latent,
      tiles: tile.map { LatentTiles(pixels: $0, overlap: overlap) })
  }

  var peakBytes: Int { sampling.peakBytes }

  func run(_ context: RunContext) throws {
    if let tile { try TileError.check(tile, overlap: overlap) }
    var settings = SamplingSettings(seed: seed.value, steps: steps, denoise: denoise)
    (settings.sampler, settings.schedule) = (sampler, schedule)
    settings.library = generator
    settings.mask = try mask.map { try LatentMask($0, for: latent, isSoft: softMask) }
    try settings.take(sigmas: sigmas, noise: noise)
    sampled = try sampling(settings, context)
  }

  static func infer(_ ports: inout Inference) throws {
    try ports.inferSampling(levelPorts: levelPorts)
    try ports.requireSameExtent("mask", as: "latent")
    try ports.requireTiles()
  }
}
