import Engine
import Graph
import Imaging

/// A picture in another size.
struct ResizeImage: Node {
  static let name = "resize-image"
  static let version = 1
  static let about = "A picture in another size."

  @Input("The picture.") var image: Image
  @Input("The new width, in pixels.", in: 1...16384) var width: Int
  @Input("The new height, in pixels.", in: 1...16384) var height: Int
  @Input("How pixels are weighed.") var filter: ResamplingFilter = .lanczos
  @Input(
    """
    What happens when the proportions differ: `stretch` changes them, `cover` cuts off at two sides, \
    `contain` leaves room at two sides.
    """)
  var fit: ResizeFit = .stretch
  @Input("The colour of the room that `contain` leaves.")
  var background: ColorLiteral = ColorLiteral(red: 0, green: 0, blue: 0)
  @Output("The resized picture.", named: "image") var resized: Image

  func run(_ context: RunContext) throws {
    try ImageTooLarge.check(width: width, height: height)
    resized = image.resized(
      toWidth: width, height: height, filter: filter, fit: fit, background: Color(background))
  }

  static func infer(_ ports: inout Inference) throws {
    let extent = Extent(width: ports.constantInt("width"), height: ports.constantInt("height"))
    try ports.setExtent(of: "image", to: extent, because: "width")
  }
}

extension ResamplingFilter: ChoicePortValue {}
extension ResizeFit: ChoicePortValue {}

extension Color {
  /// The colour without its opacity.
  init(_ literal: ColorLiteral) {
    self.init(red: Float(literal.red), green: Float(literal.green), blue: Float(literal.blue))
  }
}
