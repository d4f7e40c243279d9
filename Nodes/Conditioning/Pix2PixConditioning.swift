import Diffusion
import Engine
import Graph
import Imaging

/// A picture for models that change one as they are told.
struct Pix2PixConditioning: Node {
  static let name = "pix2pix-conditioning"
  static let version = 1
  static let about = """
    Shows a model that changes pictures by instructions (InstructPix2Pix) the picture to be changed. It is for models \
    of 8 channels, as `easel inspect` tells them; `set-image-cfg` says how closely they follow the picture.
    """

  @Input("What to do: `make it winter`.") var positive: Conditioning
  @Input("What not to do.") var negative: Conditioning?
  @Input("The autoencoder of the model's checkpoint.") var vae: Autoencoder
  @Input("The picture; its width and height are multiples of 8.") var image: Image
  @Input(
    """
    Whether the model was trained with the picture's latent multiplied by the autoencoder's factor, as CosXL Edit was; \
    InstructPix2Pix was not.
    """)
  var scaled = false
  @Output("The instruction, with the picture.", named: "positive")
  var shownPositive: Conditioning
  @Output(
    """
    The negative prompt with the picture; zeros where there is none. `sample` shows it to a negative prompt without a \
    picture too.
    """, named: "negative")
  var shownNegative: Conditioning
  @Output("Where sampling starts: the latent of the picture.") var latent: Latent

  var peakBytes: Int { vae.peakBytes(width: image.width, height: image.height) }

  func run(_ context: RunContext) throws {
    try SizeNotMultiple.check(width: image.width, height: image.height)
    let encoded = try vae.vae().encode(image.signedPixels)
    let channels = scaled ? encoded : try vae.editingChannels(of: encoded)
    shownPositive = positive.showing(channels)
    shownNegative = (negative ?? positive.zeroed()).showing(channels)
    latent = Latent(samples: encoded)
  }

  static func infer(_ ports: inout Inference) throws {
    try ports.setLatentExtent(from: "image")
  }
}
