import Engine
import Graph
import Imaging

/// Draws a picture's lines.
struct Sketch: Node {
  static let name = "sketch"
  static let version = 1
  static let about = """
    Draws a picture's dark lines, white on black, by a difference of two Gaussian blurs: what ControlNets for scribbles \
    take. With its defaults it is ControlNet's `scribble_xdog`.
    """

  @Input("The picture.") var image: Image
  @Input(
    "The standard deviation of the fine blur, in pixels; lines are about as thin.", in: 0...100)
  var fine: Double = 0.5
  @Input("The standard deviation of the coarse blur, in pixels.", in: 0...200)
  var coarse: Double = 5
  @Input("By how much a line is darker than what is around it, of 255.", in: 0...255)
  var threshold: Double = 16
  @Output("The lines.", named: "image") var lines: Image
  @Output("The same as a mask.") var mask: Mask

  func run(_ context: RunContext) throws {
    mask = image.sketched(fine: fine, coarse: coarse, threshold: Float(threshold / 255))
    lines = Image(greysOf: mask)
  }

  static func infer(_ ports: inout Inference) throws { ports.keepExtent() }
}
