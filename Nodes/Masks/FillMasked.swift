import Engine
import Graph
import Imaging

/// Fills the masked part of a picture.
struct FillMasked: Node {
  static let name = "fill-masked"
  static let version = 2
  static let about = """
    Fills the masked part of a picture, before it is encoded to be drawn anew: what was there has then less of a say. \
    Every pixel outside of the mask keeps its bits.
    """

  @Input("The picture.") var image: Image
  @Input("What is filled, of the picture's size; grey is filled in part.") var mask: Mask
  @Input(
    """
    What with: `neighbors` lets the colours around run into each other (Laplace's equation), `blur` blurs what is there, \
    `color` is one colour, `none` leaves it.
    """)
  var fill: MaskFill = .neighbors
  @Input("The colour for `color`, without its opacity.")
  var color: ColorLiteral = ColorLiteral(red: 0.5, green: 0.5, blue: 0.5)
  @Input("The standard deviation of `blur`, in pixels.", in: 0...200) var sigma: Double = 16
  @Output("The filled picture.", named: "image") var filled: Image

  var peakBytes: Int { (fill == .neighbors ? 3 : 1) * image.byteCount }

  func run(_ context: RunContext) throws {
    try SizesDiffer.check("mask", mask, "image", image)
    filled = try image.filled(
      where: mask, by: fill, color: Color(color), sigma: sigma,
      beforeRound: context.checkCancellation)
  }

  static func infer(_ ports: inout Inference) throws {
    try ports.requireSameSize("mask", as: "image")
    ports.keepExtent()
  }
}

extension MaskFill: ChoicePortValue {}
