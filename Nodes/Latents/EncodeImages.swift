import Diffusion
import Engine
import Graph
import Imaging

/// Turns pictures into a batch of latents.
struct EncodeImages: Node {
  static let name = "encode-images"
  static let version = 1
  static let about = """
    Turns pictures of one size into a batch of latents, so that sampling can start from all of them; `decode-latents` \
    turns them back.
    """

  @Input(
    "The autoencoder of the checkpoint that will use the latents, or a small one for its family.")
  var vae: Autoencoder
  @Input("The pictures, at least one; their width and height are multiples of 8.")
  var images: [Image]
  @Output("The mean of the autoencoder's distribution of each.") var latent: Latent

  var peakBytes: Int {
    vae.peakBytes(
      width: images.map(\.width).max() ?? 0, height: images.map(\.height).max() ?? 0)
  }

  func run(_ context: RunContext) throws {
    let encoder = try vae.vae()
    let latents = try images.map { image in
      try context.checkCancellation()
      try SizeNotMultiple.check(width: image.width, height: image.height)
      return Latent(samples: try encoder.encode(image.signedPixels))
    }
    latent = try Latent(joining: latents)
  }

  static func infer(_ ports: inout Inference) throws {
    let extent = ports.elementExtent(of: "images")
    try ports.requireLatentSize(extent, port: "images")
    ports.setExtent(of: "latent", to: extent)
  }
}
