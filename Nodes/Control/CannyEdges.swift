import Engine
import Graph
import Imaging

/// Finds a picture's edges.
struct CannyEdges: Node {
  static let name = "canny"
  static let version = 1
  static let about = """
    Finds a picture's edges, white on black: what ControlNets for edges are trained with. The result is that of OpenCV's \
    `Canny`, pixel by pixel; of colours, the strongest channel counts.
    """

  @Input("The picture.") var image: Image
  @Input(
    "Edges are followed while the gradient is above this, in OpenCV's units; 1020 is black to white.",
    in: 0...32767)
  var low: Double = 100
  @Input("An edge needs a gradient above this somewhere.", in: 0...32767) var high: Double = 200
  @Input("How wide the filter is: 3, 5 or 7 pixels. Gradients grow with it.", in: 3...7)
  var aperture: Int = 3
  @Input("How a gradient is measured: by the sum of its two parts, or by their hypotenuse.")
  var norm: GradientNorm = .sum
  @Output("The edges.", named: "image") var edges: Image
  @Output("The same as a mask.") var mask: Mask

  /// By measuring.
  var peakBytes: Int { 3 * image.byteCount }

  func run(_ context: RunContext) throws {
    let canny = Canny(low: low, high: high, aperture: try Self.aperture(aperture), norm: norm)
    mask = canny.edges(of: image)
    edges = Image(greysOf: mask)
  }

  static func infer(_ ports: inout Inference) throws {
    ports.keepExtent()
    guard let width = ports.constantInt("aperture") else { return }
    _ = try ports.finding(.invalidValue, at: "aperture") { try aperture(width) }
  }

  private static func aperture(_ width: Int) throws(NoSuchAperture) -> SobelAperture {
    guard let aperture = SobelAperture(rawValue: width) else { throw NoSuchAperture(width: width) }
    return aperture
  }
}

/// A filter that there is not.
struct NoSuchAperture: Error, Hashable, CustomStringConvertible {
  var width: Int

  var description: String { "the filter is 3, 5 or 7 pixels wide, not \(width)" }
}

extension GradientNorm: ChoicePortValue {}

extension Inference {
  /// Says that every picture and mask that comes out has the size of `image`.
  mutating func keepExtent() {
    for port in outputs.keys { setExtent(of: port, to: extent(of: "image")) }
  }
}
