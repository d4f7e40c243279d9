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
  @Input("How many pictures to start: each gets noise of its own when it is sampled.", in: 1...64)
  var batch: Int = 1
  @Output("The latent, all zeros.") var latent: Latent

  func run(_ context: RunContext) throws {
    try SizeNotMultiple.check(width: width, height: height)
    let shape: Shape = [batch, height / latentScale, width / latentScale, 4]
    latent = Latent(samples: Tensor(shape, repeating: 0))
  }

  static func infer(_ ports: inout Inference) throws {
    let extent = Extent(width: ports.constantInt("width"), height: ports.constantInt("height"))
    try ports.requireLatentSize(Extent(width: extent.width), port: "width")
    try ports.requireLatentSize(Extent(height: extent.height), port: "height")
    ports.setExtent(of: "latent", to: extent)
  }
}
