import Engine
import Graph
import Imaging

/// A mask of a polygon.
struct MaskPolygon: Node {
  static let name = "mask-polygon"
  static let version = 1
  static let about = "A mask that is 1 in a polygon with smooth sides."

  @Input(
    "At least three corners in pixels, `[[x, y], [x, y], ...]`; the last is joined to the first.")
  var points: [[Double]]
  @Input(
    """
    What is inside where sides cross: `nonzero` is all that the outline goes round, `even-odd` leaves holes \
    where the polygon covers itself.
    """)
  var fill: FillRule = .nonzero
  @Input("The picture that the mask is for, which has its size.") var image: Image?
  @Input("The mask's width, where no picture is given.", in: 1...32768) var width: Int = 512
  @Input("The mask's height, where no picture is given.", in: 1...32768) var height: Int = 512
  @Output("The mask.") var mask: Mask

  func run(_ context: RunContext) throws {
    mask = try DrawnMask(for: image, width, height)(
      Polygon(try MaskPoints.read(points, atLeast: 3), rule: fill))
  }

  static func infer(_ ports: inout Inference) throws {
    try ports.requirePoints("points", atLeast: 3)
    try ports.setDrawnExtent()
  }
}

extension FillRule: ChoicePortValue {}
