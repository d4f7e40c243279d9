import Diffusion
import Engine
import Graph
import Imaging

/// Turns a latent into the picture that it stands for.
struct DecodeLatent: Node {
  static let name = "decode-latent"
  static let version = 2
  static let about = "Turns a latent into the picture that it stands for."

  @Input("The autoencoder of the checkpoint that made the latent, or a small one for its family.")
  var vae: Autoencoder
  @Input("The latent; of several in a batch, pick one or take `decode-latents`.") var latent: Latent
  @Output("The picture, eight times as wide and high as the latent.") var image: Image

  var peakBytes: Int { vae.peakBytes(width: latent.width, height: latent.height) }

  func run(_ context: RunContext) throws {
    let decoder = try vae.vae()
    try decoder.verify(latent: latent.samples)
    try latent.requireSingle(help: "take `decode-latents`, or `pick-latent` for one of them")
    let pixels = try decoder.decode(latent.samples)
    try vae.verify(pixels)
    image = Image(signedPixels: pixels)
  }

  static func infer(_ ports: inout Inference) throws {
    ports.setExtent(of: "image", to: ports.extent(of: "latent"))
  }
}
