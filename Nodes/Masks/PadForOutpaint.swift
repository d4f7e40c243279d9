import Engine
import Graph
import Imaging

/// A picture with room beside it that is to be drawn.
struct PadForOutpaint: Node {
  static let name = "pad-for-outpaint"
  static let version = 2
  static let about = """
    Puts room beside a picture, and masks what is to be drawn there, with a soft edge that reaches into the picture: the \
    mask of ComfyUI's node of that name. The picture's own pixels stay as they are.
    """

  @Input("The picture.") var image: Image
  @Input("Room at the left, in pixels.", in: 0...16384) var left: Int = 0
  @Input("Room at the top, in pixels.", in: 0...16384) var top: Int = 0
  @Input("Room at the right, in pixels.", in: 0...16384) var right: Int = 0
  @Input("Room at the bottom, in pixels.", in: 0...16384) var bottom: Int = 0
  @Input(
    "How far the mask reaches into the picture, in pixels; not at all where this is half of a side or more.",
    in: 0...1024)
  var feather: Int = 40
  @Input("What the room is filled with, as for `pad-image`.") var fill: PaddingFill = .neighbors
  @Input("The colour for `color`, without its opacity.")
  var color: ColorLiteral = ColorLiteral(red: 0.5, green: 0.5, blue: 0.5)
  @Output("The larger picture.", named: "image") var padded: Image
  @Output("What is to be drawn: 1 in the room, falling to 0 in the picture.") var mask: Mask

  func run(_ context: RunContext) throws {
    let sides = PaddingSides(left: left, top: top, right: right, bottom: bottom)
    try ImageTooLarge.check(
      width: image.width + left + right, height: image.height + top + bottom)
    padded = try image.padded(
      by: sides, with: fill, color: Color(color), beforeRound: context.checkCancellation)
    mask = sides.mask(around: image.width, image.height, feather: feather)
  }

  static func infer(_ ports: inout Inference) throws {
    let extent = ports.paddedExtent(of: "image")
    for port in ["image", "mask"] { try ports.setExtent(of: port, to: extent, because: "image") }
  }
}
