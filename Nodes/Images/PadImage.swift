import Engine
import Graph
import Imaging

/// A picture with room beside it.
struct PadImage: Node {
  static let name = "pad-image"
  static let version = 2
  static let about = "Puts room beside a picture, whose own pixels stay as they are."

  @Input("The picture.") var image: Image
  @Input("Room at the left, in pixels.", in: 0...16384) var left: Int = 0
  @Input("Room at the top, in pixels.", in: 0...16384) var top: Int = 0
  @Input("Room at the right, in pixels.", in: 0...16384) var right: Int = 0
  @Input("Room at the bottom, in pixels.", in: 0...16384) var bottom: Int = 0
  @Input(
    """
    What the room is filled with: `color`, `edge` repeats the border, `reflect` mirrors the picture, `blur` repeats \
    the border and blurs it, `neighbors` lets its colours run into each other.
    """)
  var fill: PaddingFill = .color
  @Input("The colour for `color`, without its opacity.")
  var color: ColorLiteral = ColorLiteral(red: 0, green: 0, blue: 0)
  @Input("The standard deviation of `blur`, in pixels.", in: 0...200) var sigma: Double = 16
  @Output("The larger picture.", named: "image") var padded: Image
  @Output("1 in the room, 0 in the picture.") var mask: Mask

  func run(_ context: RunContext) throws {
    let sides = PaddingSides(left: left, top: top, right: right, bottom: bottom)
    try ImageTooLarge.check(
      width: image.width + left + right, height: image.height + top + bottom)
    padded = try image.padded(
      by: sides, with: fill, color: Color(color), sigma: sigma,
      beforeRound: context.checkCancellation)
    mask = sides.mask(around: image.width, image.height)
  }

  static func infer(_ ports: inout Inference) throws {
    let extent = ports.paddedExtent(of: "image")
    for port in ["image", "mask"] { try ports.setExtent(of: port, to: extent, because: "image") }
  }
}

extension PaddingFill: ChoicePortValue {}

extension Inference {
  /// The size of a picture with room at its sides, as far as it is known.
  func paddedExtent(of port: String) -> Extent {
    func sum(_ length: Int?, _ first: String, _ second: String) -> Int? {
      guard let length, let first = constantInt(first), let second = constantInt(second)
      else { return nil }
      return length + first + second
    }
    let own = extent(of: port)
    return Extent(
      width: sum(own.width, "left", "right"), height: sum(own.height, "top", "bottom"))
  }
}
