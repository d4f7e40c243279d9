import Engine
import Graph
import Imaging

/// A larger mask.
struct GrowMask: Node {
  static let name = "grow-mask"
  static let version = 1
  static let about =
    "Makes what a mask covers larger, with round corners: the greatest value within a radius."

  @Input("The mask.") var mask: Mask
  @Input("How far, in pixels.", in: 0...512) var radius: Double
  @Output("The grown mask.", named: "mask") var grown: Mask

  func run(_ context: RunContext) throws { grown = mask.grown(by: radius) }

  static func infer(_ ports: inout Inference) throws {
    ports.setExtent(of: "mask", to: ports.extent(of: "mask"))
  }
}
