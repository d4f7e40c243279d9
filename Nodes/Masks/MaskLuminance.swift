import Engine
import Graph
import Imaging

/// A mask of what is light or dark.
struct MaskLuminance: Node {
  static let name = "mask-luminance"
  static let version = 1
  static let about = """
    A mask that is 1 where a picture's luma (ITU-R BT.601) is in a range: light parts, dark parts, or what is \
    between.
    """

  @Input("The picture.") var image: Image
  @Input("The range's lower end.", in: 0...1) var from: Double = 0.5
  @Input("The range's upper end.", in: 0...1) var to: Double = 1
  @Input("Beside the range, how far the mask takes to fall to 0.", in: 0...1)
  var softness: Double = 0.05
  @Output("The mask, of the picture's size.") var mask: Mask

  func run(_ context: RunContext) throws {
    guard from <= to else { throw EmptyRange(start: from, end: to) }
    mask = Mask(of: image, luma: Float(from)...Float(to), softness: Float(softness))
  }

  static func infer(_ ports: inout Inference) throws {
    if let from = ports.constantNumber("from"), let to = ports.constantNumber("to"), from > to {
      throw InferenceFailure(
        .invalidValue, port: "from", others: ["to"], EmptyRange(start: from, end: to).description)
    }
    ports.setExtent(of: "mask", to: ports.extent(of: "image"))
  }
}
