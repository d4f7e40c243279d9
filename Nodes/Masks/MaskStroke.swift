import Engine
import Graph
import Imaging

/// A mask of a brush's stroke.
struct MaskStroke: Node {
  static let name = "mask-stroke"
  static let version = 1
  static let about = "A mask that is 1 along a line, as a round brush would draw it."

  @Input("The line's points in pixels, `[[x, y], [x, y], ...]`; one alone makes a disc.")
  var points: [[Double]]
  @Input("The brush's width, in pixels.", in: 0...1e5) var brush: Double
  @Input("The picture that the mask is for, which has its size.") var image: Image?
  @Input("The mask's width, where no picture is given.", in: 1...32768) var width: Int = 512
  @Input("The mask's height, where no picture is given.", in: 1...32768) var height: Int = 512
  @Output("The mask.") var mask: Mask

  func run(_ context: RunContext) throws {
    mask = try DrawnMask(for: image, width, height)(
      Stroke(try MaskPoints.read(points, atLeast: 1), width: brush))
  }

  static func infer(_ ports: inout Inference) throws {
    try ports.requirePoints("points", atLeast: 1)
    try ports.setDrawnExtent()
  }
}
