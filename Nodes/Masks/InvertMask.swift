import Engine
import Graph
import Imaging

/// What a mask does not cover.
struct InvertMask: Node {
  static let name = "invert-mask"
  static let version = 1
  static let about = "Turns a mask round: each value becomes one minus itself."

  @Input("The mask.") var mask: Mask
  @Output("The inverted mask.", named: "mask") var inverted: Mask

  func run(_ context: RunContext) throws { inverted = mask.inverted }

  static func infer(_ ports: inout Inference) throws {
    ports.setExtent(of: "mask", to: ports.extent(of: "mask"))
  }
}
