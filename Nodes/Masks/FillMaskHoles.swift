import Engine
import Graph
import Imaging

/// A mask without holes.
struct FillMaskHoles: Node {
  static let name = "fill-mask-holes"
  static let version = 1
  static let about = """
    Fills what a mask goes round: areas that do not touch the picture's border become as much covered as what they \
    are enclosed by.
    """

  @Input("The mask.") var mask: Mask
  @Output("The filled mask.", named: "mask") var filled: Mask

  func run(_ context: RunContext) throws { filled = mask.withoutHoles }

  static func infer(_ ports: inout Inference) throws {
    ports.setExtent(of: "mask", to: ports.extent(of: "mask"))
  }
}
