import Engine
import Graph
import Imaging

/// One mask of two.
struct CombineMasks: Node {
  static let name = "combine-masks"
  static let version = 1
  static let about = "Makes one mask of two, pixel by pixel."

  @Input("The first mask.") var first: Mask
  @Input("The second mask, of the same size.") var second: Mask
  @Input(
    """
    `union` covers what either does (the greater value), `intersect` what both do (the lesser), `subtract` what the \
    first does and the second does not.
    """)
  var operation: MaskOperation = .union
  @Output("The combined mask.") var mask: Mask

  func run(_ context: RunContext) throws {
    try SizesDiffer.check("second", second, "first", first)
    mask = first.combined(with: second, by: operation)
  }

  static func infer(_ ports: inout Inference) throws {
    try ports.requireSameSize("second", as: "first")
    let (first, second) = (ports.extent(of: "first"), ports.extent(of: "second"))
    ports.setExtent(
      of: "mask",
      to: Extent(width: first.width ?? second.width, height: first.height ?? second.height))
  }
}

extension MaskOperation: ChoicePortValue {}
