import Engine
import Graph
import Imaging

/// Puts a part of a picture back.
struct Stitch: Node {
  static let name = "stitch"
  static let version = 1
  static let about = """
    Puts back a part of a picture that `crop-to-mask` took and that was worked on. Pixels outside the feathered mask, \
    and those that the work left alone, keep their bits.
    """

  @Input("The whole picture, as it was cropped.") var image: Image
  @Input("The part, worked on; of any size, it is brought to that of its region.") var crop: Image
  @Input("Where the part was: the region that `crop-to-mask` gives.") var region: [Int]
  @Input("What may change, of the whole picture's size.") var mask: Mask
  @Input("How far the seam reaches to each side of the mask's edge, in pixels.", in: 0...512)
  var feather: Double = 8
  @Output("The whole picture.", named: "image") var stitched: Image

  var peakBytes: Int { 2 * image.byteCount }

  func run(_ context: RunContext) throws {
    try SizesDiffer.check("mask", mask, "image", image)
    stitched = try image.stitching(
      crop, at: PixelRegion(region), through: mask.feathered(by: feather))
  }

  static func infer(_ ports: inout Inference) throws {
    try ports.requireSameSize("mask", as: "image")
    if let constant = ports.constants["region"], let numbers = [Int](literal: constant) {
      _ = try ports.finding(.invalidValue, at: "region") { try PixelRegion(numbers) }
    }
    ports.setExtent(of: "image", to: ports.extent(of: "image"))
  }
}
