import Engine
import Graph
import Imaging

/// One picture over another.
struct CompositeImages: Node {
  static let name = "composite-images"
  static let version = 1
  static let about = """
    Lays a picture over another, with the blend modes of W3C's "Compositing and Blending". What goes beyond the picture \
    is cut off.
    """

  @Input("The picture behind.") var image: Image
  @Input("The picture in front.") var overlay: Image
  @Input("The column where the picture in front begins; it may be negative.", in: -32768...32768)
  var x: Int = 0
  @Input("The row where the picture in front begins; it may be negative.", in: -32768...32768)
  var y: Int = 0
  @Input("How the colours mix; `add` and `subtract` are cut off at black and white.")
  var mode: BlendMode = .normal
  @Input("How much of the picture in front is seen.", in: 0...1) var opacity: Double = 1
  @Input("Where the picture in front is seen, of its size; by itself, everywhere.")
  var mask: Mask?
  @Output("The result, of the size of the picture behind.", named: "image") var composite: Image

  func run(_ context: RunContext) throws {
    if let mask { try SizesDiffer.check("mask", mask, "overlay", overlay) }
    composite = image.composited(
      with: overlay, x: x, y: y, mode: mode, opacity: Float(opacity), mask: mask)
  }

  static func infer(_ ports: inout Inference) throws {
    if ports.inputs["mask"] != nil { try ports.requireSameSize("mask", as: "overlay") }
    ports.setExtent(of: "image", to: ports.extent(of: "image"))
  }
}

extension BlendMode: ChoicePortValue {}
