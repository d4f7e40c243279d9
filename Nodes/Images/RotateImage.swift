import Engine
import Graph
import Imaging

/// A turned picture.
struct RotateImage: Node {
  static let name = "rotate-image"
  static let version = 1
  static let about = """
    Turns a picture around its middle: quarters exactly, other angles by bilinear filtering, as Pillow does.
    """

  @Input("The picture.") var image: Image
  @Input("Degrees, counter-clockwise.", in: -360...360) var angle: Double
  @Input("Whether the result is as large as the turned corners need; else it keeps the size.")
  var expand: Bool = true
  @Input("The colour of what the turned picture leaves uncovered, without its opacity.")
  var background: ColorLiteral = ColorLiteral(red: 0, green: 0, blue: 0)
  @Output("The turned picture.", named: "image") var rotated: Image

  func run(_ context: RunContext) throws {
    let rotation = Rotation(
      degrees: angle, width: image.width, height: image.height, expands: expand)
    try ImageTooLarge.check(width: rotation.newWidth, height: rotation.newHeight)
    rotated = rotation(image, background: Color(background))
  }

  static func infer(_ ports: inout Inference) throws {
    let own = ports.extent(of: "image")
    guard let width = own.width, let height = own.height, let angle = ports.constantNumber("angle"),
      case .bool(let expands)? = ports.constants["expand"]
    else { return }
    let rotation = Rotation(degrees: angle, width: width, height: height, expands: expands)
    let extent = Extent(width: rotation.newWidth, height: rotation.newHeight)
    try ports.setExtent(of: "image", to: extent, because: "image")
  }
}
