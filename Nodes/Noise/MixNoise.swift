import Diffusion
import Engine
import Graph

/// Noise between two others: variations of a picture.
struct MixNoise: Node {
  static let name = "mix-noise"
  static let version = 1
  static let about = """
    Noise between two others, on the arc between them: variations of the picture that the first one \
    gives. With the noise of two seeds it is what AUTOMATIC1111 makes of a variation seed.
    """

  @Input("The noise that is varied.") var noise: Latent
  @Input("The other noise, of the same size.") var variation: Latent
  @Input("0 is the first noise, 1 the other.", in: 0...1) var amount: Double = 0.1
  @Output("The noise between them.", named: "noise") var mixed: Latent

  func run(_ context: RunContext) throws {
    guard noise.samples.shape == variation.samples.shape else {
      throw NoiseShapeMismatch(latent: noise.samples.shape, noise: variation.samples.shape)
    }
    mixed = Latent(samples: mixedNoise(noise.samples, variation.samples, amount: amount))
  }

  static func infer(_ ports: inout Inference) throws {
    try ports.requireSameExtent("variation", as: "noise")
    ports.setExtent(of: "noise", to: ports.extent(of: "noise"))
  }
}
