import Engine
import Graph
import Imaging

/// A smaller mask.
struct ShrinkMask: Node {
  static let name = "shrink-mask"
  static let version = 1
  static let about = """
    Makes what a mask covers smaller: the least value within a radius. The mask is not eaten where the picture ends.
    """

  @Input("The mask.") var mask: Mask
  @Input("How far, in pixels.", in: 0...512) var radius: Double
  @Output("The shrunken mask.", named: "mask") var shrunk: Mask

  func run(_ context: RunContext) throws { shrunk = mask.shrunk(by: radius) }

  static func infer(_ ports: inout Inference) throws {
    ports.setExtent(of: "mask", to: ports.extent(of: "mask"))
  }
}
