import Diffusion
import Engine
import Graph
import Imaging

/// Draws a part of a picture anew, window by window.
struct InpaintWindows: Node {
  static let name = "inpaint-windows"
  static let version = 2
  static let about = """
    Draws a part of a picture anew in windows of the size that a model draws best, one after the other: each begins where \
    the most is known, and sees what was drawn before. So the part may be of any size. Pixels where the mask is 0 keep \
    their bits. Models of 9 channels, for inpainting, are shown the picture and the mask. Areas, masks and ControlNets' \
    pictures are for the whole picture: each window takes its part.
    """

  @Input("The model that removes the noise.") var model: DiffusionModel
  @Input("The autoencoder of the model's checkpoint.") var vae: Autoencoder
  @Input("What the picture shows.") var positive: Conditioning
  @Input("What it does not show; without it, what the model was trained with for no prompt.")
  var negative: Conditioning?
  @Input("The picture.") var image: Image
  @Input("What is drawn anew, of the picture's size; grey is drawn over in part.") var mask: Mask
  @Input("A window's width, in pixels: a multiple of 8.", in: 8...8192) var width: Int = 512
  @Input("A window's height, in pixels: a multiple of 8.", in: 8...8192) var height: Int = 512
  @Input(
    "What a window leaves to the next at its sides, in pixels; a quarter of a window at most.",
    in: 0...2048)
  var overlap: Int = 64
  @Input("What a window's unknown part is filled with at first, as for `fill-masked`.")
  var fill: MaskFill = .neighbors
  @Input("The start of the noise; each window has the next.") var seed: Seed = 0
  @Input("How often noise is removed in each window.", in: 1...1000) var steps: Int = 20
  @Input("How closely to follow the prompts; 1 leaves the negative one out.", in: 0...100)
  var cfg: Double = 7
  @Input("How a step is made.") var sampler: SamplerName = .euler
  @Input("How the noise levels are spaced.") var schedule: ScheduleName = .normal
  @Input("How much is made anew; 1 is all of it.", in: 0...1) var denoise: Double = 1
  @Output("The whole picture.", named: "image") var redrawn: Image

  /// Beside a window, the picture before and after it.
  var peakBytes: Int { painter.peakBytes(width: width, height: height) + 2 * image.byteCount }

  private var painter: WindowPainter {
    var settings = SamplingSettings(seed: seed.value, steps: steps, denoise: denoise)
    (settings.sampler, settings.schedule) = (sampler, schedule)
    return WindowPainter(
      model: model, vae: vae, positive: positive, negative: negative, cfg: cfg, fill: fill,
      settings: settings)
  }

  func run(_ context: RunContext) throws {
    try SizesDiffer.check("mask", mask, "image", image)
    try SizeNotMultiple.check(width: width, height: height)
    let windows = try InpaintWindow.covering(
      mask, width: width, height: height, overlap: overlap
    ) { try context.checkCancellation() }
    var picture = image
    for (index, window) in windows.enumerated() {
      picture = try painter.paint(
        window, of: picture, index: index, context.part(index, of: windows.count))
    }
    redrawn = picture
  }

  static func infer(_ ports: inout Inference) throws {
    try ports.requireSameSize("mask", as: "image")
    for port in ["width", "height"] {
      try ports.requireLatentSize(Extent(width: ports.constantInt(port)), port: port)
    }
    for port in ["positive", "negative"] { try ports.requireSameExtent(port, as: "image") }
    ports.keepExtent()
  }
}
