import Diffusion
import Engine
import Graph
import Imaging

/// A picture and a mask for models that were trained to fill in.
struct InpaintConditioning: Node {
  static let name = "inpaint-conditioning"
  static let version = 1
  static let about = """
    Shows a model for inpainting a picture and where to make it anew. It is for models of 9 channels, as `easel \
    inspect` tells them.
    """

  @Input("What the picture shows.") var positive: Conditioning
  @Input("What it does not show.") var negative: Conditioning?
  @Input("The autoencoder of the model's checkpoint.") var vae: Autoencoder
  @Input("The picture; its width and height are multiples of 8.") var image: Image
  @Input("Where it is made anew: where the mask, of the picture's size, is at least 0.5.")
  var mask: Mask
  @Output("The prompt, with the picture and the mask.", named: "positive")
  var shownPositive: Conditioning
  @Output(
    """
    The negative prompt with the same; zeros where there is none. `sample` shows them to a negative prompt without \
    a picture too.
    """, named: "negative")
  var shownNegative: Conditioning
  @Output("Where sampling starts: the latent of the picture, unmasked.") var latent: Latent

  var peakBytes: Int { vae.peakBytes(width: image.width, height: image.height) }

  func run(_ context: RunContext) throws {
    try SizesDiffer.check("mask", mask, "image", image)
    try SizeNotMultiple.check(width: image.width, height: image.height)
    let channels = try vae.inpaintingChannels(image: image.signedPixels, mask: mask.values)
    shownPositive = positive.showing(channels)
    shownNegative = (negative ?? positive.zeroed()).showing(channels)
    latent = Latent(samples: try vae.vae().encode(image.signedPixels))
  }

  static func infer(_ ports: inout Inference) throws {
    try ports.requireSameSize("mask", as: "image")
    try ports.setLatentExtent(from: "image")
  }
}
