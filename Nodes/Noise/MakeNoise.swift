import Diffusion
import Engine
import Graph

/// The noise that a seed stands for.
struct MakeNoise: Node {
  static let name = "make-noise"
  static let version = 1
  static let about = """
    The noise that a seed stands for, in the shape of a latent: what `sample` begins with, to be \
    changed before. Of a batch, each element has the next seed.
    """

  @Input("A latent of the shape that the noise is to have.") var latent: Latent
  @Input("The start of the noise.") var seed: Seed = 0
  @Input("Whose noise the seed stands for: PyTorch's on the CPU or by CUDA, or NumPy's.")
  var generator: NoiseLibrary = .cpu
  @Output("Normal numbers, of variance one.") var noise: Latent

  func run(_ context: RunContext) throws {
    noise = Latent(samples: generator.noise(latent.samples.shape, seed: seed.value))
  }

  static func infer(_ ports: inout Inference) throws {
    ports.setExtent(of: "noise", to: ports.extent(of: "latent"))
  }
}
