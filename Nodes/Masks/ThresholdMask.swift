import Engine
import Graph
import Imaging

/// A mask without soft edges.
struct ThresholdMask: Node {
  static let name = "threshold-mask"
  static let version = 1
  static let about = "Makes a mask 1 where it is at least a threshold, and 0 elsewhere."

  @Input("The mask.") var mask: Mask
  @Input("The least value that becomes 1.", in: 0...1) var threshold: Double = 0.5
  @Output("The hard mask.", named: "mask") var hard: Mask

  func run(_ context: RunContext) throws { hard = mask.thresholded(at: Float(threshold)) }

  static func infer(_ ports: inout Inference) throws {
    ports.setExtent(of: "mask", to: ports.extent(of: "mask"))
  }
}
