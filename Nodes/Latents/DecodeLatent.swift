import Diffusion
import Engine
import Graph
import Imaging

/// Turns a latent into the picture that it stands for.
struct DecodeLatent: Node {
  static let name = "decode-latent"
  static let version = 1
  static let about = "Turns a latent into the picture that it stands for."

  @Input("The autoencoder of the checkpoint that made the latent.") var vae: Autoencoder
  @Input("The latent.") var latent: Latent
  @Output("The picture, eight times as wide and high as the latent.") var image: Image

  func run(_ context: RunContext) throws {
    let pixels = try vae.checkpoint.vae().decode(latent.samples)
    image = Image(signedPixels: pixels)
  }

  static func infer(_ ports: inout Inference) throws {
    ports.setExtent(of: "image", to: ports.extent(of: "latent"))
  }
}
