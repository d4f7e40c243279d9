import Engine
import Graph
import Imaging

/// A mask of what has a colour.
struct MaskColor: Node {
  static let name = "mask-color"
  static let version = 1
  static let about = "A mask that is 1 where a picture has nearly a colour."

  @Input("The picture.") var image: Image
  @Input("The colour, without its opacity.") var color: ColorLiteral
  @Input("How far a pixel's colour may be from it: 1 is from black to white.", in: 0...1)
  var tolerance: Double = 0.1
  @Input("Beyond the tolerance, how far the mask takes to fall to 0.", in: 0...1)
  var softness: Double = 0.05
  @Output("The mask, of the picture's size.") var mask: Mask

  func run(_ context: RunContext) throws {
    mask = Mask(
      of: image, near: Color(color), tolerance: Float(tolerance), softness: Float(softness))
  }

  static func infer(_ ports: inout Inference) throws {
    ports.setExtent(of: "mask", to: ports.extent(of: "image"))
  }
}
