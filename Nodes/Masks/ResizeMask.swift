import Engine
import Graph
import Imaging

/// A mask in another size.
struct ResizeMask: Node {
  static let name = "resize-mask"
  static let version = 1
  static let about = "A mask in another size."

  @Input("The mask.") var mask: Mask
  @Input("The new width, in pixels.", in: 1...16384) var width: Int
  @Input("The new height, in pixels.", in: 1...16384) var height: Int
  @Input("How pixels are weighed.") var filter: ResamplingFilter = .bilinear
  @Input(
    """
    What happens when the proportions differ: `stretch` changes them, `cover` cuts off at two sides, \
    `contain` leaves room at two sides, where the mask is 0.
    """)
  var fit: ResizeFit = .stretch
  @Output("The resized mask.", named: "mask") var resized: Mask

  func run(_ context: RunContext) throws {
    try ImageTooLarge.check(width: width, height: height)
    resized = mask.resized(toWidth: width, height: height, filter: filter, fit: fit)
  }

  static func infer(_ ports: inout Inference) throws {
    let extent = Extent(width: ports.constantInt("width"), height: ports.constantInt("height"))
    try ports.setExtent(of: "mask", to: extent, because: "width")
  }
}
