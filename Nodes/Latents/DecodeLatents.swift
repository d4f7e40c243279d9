import Diffusion
import Engine
import Graph
import Imaging

/// Turns a batch of latents into the pictures that they stand for.
struct DecodeLatents: Node {
  static let name = "decode-latents"
  static let version = 1
  static let about = """
    Turns a batch of latents into a list of the pictures that they stand for, for `image-grid`, say.
    """

  @Input("The autoencoder of the checkpoint that made the latents, or a small one for its family.")
  var vae: Autoencoder
  @Input("The batch.") var latent: Latent
  @Output("The pictures, in the order of the batch.") var images: [Image]

  var peakBytes: Int {
    vae.peakBytes(width: latent.width, height: latent.height)
      + latent.count * latent.width * latent.height * 3 * MemoryLayout<Float>.stride
  }

  func run(_ context: RunContext) throws {
    let decoder = try vae.vae()
    try decoder.verify(latent: latent.samples)
    images = try (0..<latent.count).map { index in
      let pixels = try decoder.decode(latent[index].samples)
      try vae.verify(pixels)
      return Image(signedPixels: pixels)
    }
  }

  static func infer(_ ports: inout Inference) throws {
    ports.outputs["images"] = .list(.image(ports.extent(of: "latent")))
  }
}
