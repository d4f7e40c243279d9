import Engine
import Graph
import Imaging

/// A mask of an ellipse.
struct MaskEllipse: Node {
  static let name = "mask-ellipse"
  static let version = 1
  static let about = "A mask that is 1 in an ellipse with a smooth edge."

  @Input("The middle, in pixels from the picture's left side.", in: -1e6...1e6) var x: Double
  @Input("The middle, in pixels from the picture's upper side.", in: -1e6...1e6) var y: Double
  @Input("Half the width, in pixels.", in: 0...1e6) var radiusX: Double
  @Input("Half the height, in pixels; by itself, half the width.", in: 0...1e6)
  var radiusY: Double?
  @Input("The picture that the mask is for, which has its size.") var image: Image?
  @Input("The mask's width, where no picture is given.", in: 1...32768) var width: Int = 512
  @Input("The mask's height, where no picture is given.", in: 1...32768) var height: Int = 512
  @Output("The mask.") var mask: Mask

  func run(_ context: RunContext) throws {
    mask = try DrawnMask(for: image, width, height)(
      Ellipse(center: Point(x: x, y: y), radiusX: radiusX, radiusY: radiusY ?? radiusX))
  }

  static func infer(_ ports: inout Inference) throws { try ports.setDrawnExtent() }
}
