import Engine
import Graph
import Imaging

/// A mask of a rectangle.
struct MaskBox: Node {
  static let name = "mask-box"
  static let version = 1
  static let about =
    "A mask that is 1 in a rectangle. Where its sides go through pixels, they are smooth."

  @Input("The left side, in pixels from the picture's.", in: -1e6...1e6) var x: Double
  @Input("The upper side, in pixels from the picture's.", in: -1e6...1e6) var y: Double
  @Input("The rectangle's width, in pixels.", in: 0...1e6) var boxWidth: Double
  @Input("The rectangle's height, in pixels.", in: 0...1e6) var boxHeight: Double
  @Input("The picture that the mask is for, which has its size.") var image: Image?
  @Input("The mask's width, where no picture is given.", in: 1...32768) var width: Int = 512
  @Input("The mask's height, where no picture is given.", in: 1...32768) var height: Int = 512
  @Output("The mask.") var mask: Mask

  func run(_ context: RunContext) throws {
    mask = try DrawnMask(for: image, width, height)(
      Box(x: x, y: y, width: boxWidth, height: boxHeight))
  }

  static func infer(_ ports: inout Inference) throws { try ports.setDrawnExtent() }
}
