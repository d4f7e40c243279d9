import Diffusion
import Engine
import Graph

/// Noise with more of it at coarser resolutions.
struct PyramidNoise: Node {
  static let name = "pyramid-noise"
  static let version = 1
  static let about = """
    Adds noise at coarser and coarser resolutions to a noise, each half as wide and high as the one \
    before, and scales the sum to variance one (Whitaker, "Multi-Resolution Noise for Diffusion Model \
    Training", 2023).
    """

  @Input("The noise, the finest level.") var noise: Latent
  @Input("How much each level counts of the one before.", in: 0...1) var discount: Double = 0.5
  @Input("The start of the coarser levels; not that of the noise.") var seed: Seed = 1
  @Input("Whose numbers the seed stands for: PyTorch's on the CPU or by CUDA, or NumPy's.")
  var generator: NoiseLibrary = .cpu
  @Output("The sum of all levels.", named: "noise") var pyramid: Latent

  func run(_ context: RunContext) throws {
    pyramid = Latent(
      samples: pyramidNoise(
        noise.samples, discount: Float(discount), seed: seed.value, library: generator))
  }

  static func infer(_ ports: inout Inference) throws {
    ports.setExtent(of: "noise", to: ports.extent(of: "noise"))
  }
}
