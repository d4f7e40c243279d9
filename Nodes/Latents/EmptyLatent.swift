import Engine
import Graph
import Tensor

/// A latent of zeros: where a picture from text alone starts.
struct EmptyLatent: Node {
  static let name = "empty-latent"
  static let version = 1
  static let about = "A latent without content: where a picture from text alone starts."

  @Input("The picture's width in pixels, a multiple of 8.", in: 8...8192) var width: Int = 512
  @Input("The picture's height in pixels, a multiple of 8.", in: 8...8192) var height: Int = 512
  @Output("The latent, all zeros.") var latent: Latent

  func run(_ context: RunContext) throws {
    latent = Latent(samples: Tensor([1, height / 8, width / 8, 4], repeating: 0))
  }

  static func infer(_ ports: inout Inference) throws {
    let extent = Extent(width: ports.constantInt("width"), height: ports.constantInt("height"))
    try ports.requireMultipleOf8(extent.width, port: "width")
    try ports.requireMultipleOf8(extent.height, port: "height")
    ports.outputs["latent"] = .latent(.variable("F"), extent)
  }
}
