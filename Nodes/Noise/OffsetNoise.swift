import Diffusion
import Engine
import Graph

/// Noise that makes a picture brighter or darker as a whole.
struct OffsetNoise: Node {
  static let name = "offset-noise"
  static let version = 1
  static let about = """
    Adds one more normal number to all of each channel of a noise, so that pictures can be brighter \
    or darker as a whole (Guttenberg, "Diffusion with Offset Noise", 2023).
    """

  @Input("The noise.") var noise: Latent
  @Input("The deviation of what is added.", in: 0...10) var strength: Double = 0.1
  @Input("The start of the numbers that are added; not that of the noise.") var seed: Seed = 1
  @Input("Whose numbers the seed stands for: PyTorch's on the CPU or by CUDA, or NumPy's.")
  var generator: NoiseLibrary = .cpu
  @Output("The noise with what was added.", named: "noise") var offset: Latent

  func run(_ context: RunContext) throws {
    offset = Latent(
      samples: offsetNoise(
        noise.samples, strength: Float(strength), seed: seed.value, library: generator))
  }

  static func infer(_ ports: inout Inference) throws {
    ports.setExtent(of: "noise", to: ports.extent(of: "noise"))
  }
}
