import Diffusion
import Engine
import Graph

/// A latent in another size.
struct UpscaleLatent: Node {
  static let name = "upscale-latent"
  static let version = 1
  static let about = """
    Makes a latent larger or smaller without decoding it. What comes out is blurred or has steps until it is sampled \
    once more, at a `denoise` of 0.4 to 0.6, say. The filters are PyTorch's.
    """

  @Input("The latent.") var latent: Latent
  @Input("How many times as wide and high the result is.", in: 0.125...8) var scale: Double = 2
  @Input("How elements are weighed.") var filter: LatentFilter = .nearest
  @Output("The latent in its new size.", named: "latent") var resized: Latent

  func run(_ context: RunContext) throws {
    let size = Self.size(scale).size(width: latent.width, height: latent.height)
    try ImageTooLarge.check(width: size.width, height: size.height)
    resized = Latent(
      samples: latent.samples.interpolated(
        toHeight: size.height / latentScale, width: size.width / latentScale, by: filter))
  }

  private static func size(_ scale: Double) -> ScaledSize {
    ScaledSize(scale: scale, multiple: latentScale)
  }

  static func infer(_ ports: inout Inference) throws {
    guard let scale = ports.constantNumber("scale") else { return }
    try ports.setExtent(
      of: "latent", to: size(scale).extent(of: ports.extent(of: "latent")), because: "scale")
  }
}

extension LatentFilter: ChoicePortValue {}
