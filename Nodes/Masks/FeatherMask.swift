import Engine
import Graph
import Imaging

/// A mask with a soft edge.
struct FeatherMask: Node {
  static let name = "feather-mask"
  static let version = 1
  static let about = """
    Makes a mask's edge soft by a Gaussian blur, whose standard deviation is a third of the radius. Nothing \
    changes further from the edge than the radius (in x and in y).
    """

  @Input("The mask.") var mask: Mask
  @Input("How far the edge reaches to each side, in pixels.", in: 0...512) var radius: Double
  @Output("The feathered mask.", named: "mask") var feathered: Mask

  func run(_ context: RunContext) throws { feathered = mask.feathered(by: radius) }

  static func infer(_ ports: inout Inference) throws {
    ports.setExtent(of: "mask", to: ports.extent(of: "mask"))
  }
}
