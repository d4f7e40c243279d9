import Diffusion
import Engine
import Graph
import Imaging

/// Turns a picture into a latent, where sampling can start from it.
struct EncodeImage: Node {
  static let name = "encode-image"
  static let version = 2
  static let about = "Turns a picture into a latent, so that sampling can start from it."

  @Input(
    "The autoencoder of the checkpoint that will use the latent, or a small one for its family.")
  var vae: Autoencoder
  @Input("The picture; its width and height are multiples of 8.") var image: Image
  @Output("The mean of the autoencoder's distribution.") var latent: Latent

  var peakBytes: Int { vae.peakBytes(width: image.width, height: image.height) }

  func run(_ context: RunContext) throws {
    try SizeNotMultiple.check(width: image.width, height: image.height)
    latent = Latent(samples: try vae.vae().encode(image.signedPixels))
  }

  static func infer(_ ports: inout Inference) throws {
    try ports.setLatentExtent(from: "image")
  }
}
