import Engine
import Graph
import Imaging

/// A blurred picture.
struct BlurImage: Node {
  static let name = "blur-image"
  static let version = 1
  static let about = """
    A Gaussian blur, cut off at four standard deviations; the pixels at the border are repeated outwards.
    """

  @Input("The picture.") var image: Image
  @Input("The standard deviation, in pixels; 0 changes nothing.", in: 0...200)
  var sigma: Double = 2
  @Output("The blurred picture.", named: "image") var blurred: Image

  func run(_ context: RunContext) throws { blurred = image.blurred(sigma: sigma) }

  static func infer(_ ports: inout Inference) throws {
    ports.setExtent(of: "image", to: ports.extent(of: "image"))
  }
}
