import Diffusion
import Engine
import Graph
import Imaging
import Tensor

/// Fills the masked part of a latent.
struct FillLatent: Node {
  static let name = "fill-latent"
  static let version = 1
  static let about = """
    Fills the masked part of a latent with noise, or with nothing, so that what was there has no say: the masked content \
    `latent noise` and `latent nothing` of AUTOMATIC1111. Of a batch, each element has the next seed.
    """

  @Input("The latent.") var latent: Latent
  @Input(
    """
    What is filled, of the picture's size: the elements whose 8 by 8 pixels of the mask have a mean above 0.5.
    """)
  var mask: Mask
  @Input("What with: normal numbers of variance one, or zeros.") var fill: LatentFill = .noise
  @Input("The start of the noise.") var seed: Seed = 0
  @Input("Whose noise the seed stands for: PyTorch's on the CPU or by CUDA, or NumPy's.")
  var generator: NoiseLibrary = .cpu
  @Output("The filled latent.", named: "latent") var filled: Latent

  func run(_ context: RunContext) throws {
    let shape = latent.samples.shape
    let content =
      fill == .noise
      ? generator.noise(shape, seed: seed.value) : Tensor(shape, repeating: 0)
    var place = try LatentMask(mask, for: latent, isSoft: false)
    place.weights = place.weights.map { $0 > 0.5 ? 1 : 0 }
    let elements = (0..<latent.count).map { index in
      place.restoring(latent[index].samples, in: content.slice(index..<index + 1))
    }
    filled = Latent(samples: .concatenating(elements))
  }

  static func infer(_ ports: inout Inference) throws {
    try ports.requireSameExtent("mask", as: "latent")
    ports.setExtent(of: "latent", to: ports.extent(of: "latent"))
  }
}

/// What a masked part of a latent is filled with.
enum LatentFill: String, ChoicePortValue, CaseIterable {
  case noise, zeros
}
