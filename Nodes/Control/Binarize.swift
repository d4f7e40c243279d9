import Engine
import Graph
import Imaging

/// A picture in black and white.
struct Binarize: Node {
  static let name = "binarize"
  static let version = 1
  static let about = """
    Makes a picture black and white: white where its grey (ITU-R BT.601, 8 bits) is above a threshold, as OpenCV does it.
    """

  @Input("The picture.") var image: Image
  @Input("The greatest grey that becomes black; by itself, Otsu's threshold.", in: 0...255)
  var threshold: Int?
  @Output("The picture in black and white.", named: "image") var binary: Image
  @Output("The same as a mask, 1 where it is white.") var mask: Mask
  @Output("The threshold that was taken.", named: "threshold") var taken: Int

  func run(_ context: RunContext) throws {
    let binarization = Binarization(of: image, threshold: threshold)
    (mask, taken) = (binarization.mask, binarization.threshold)
    binary = Image(greysOf: mask)
  }

  static func infer(_ ports: inout Inference) throws { ports.keepExtent() }
}
