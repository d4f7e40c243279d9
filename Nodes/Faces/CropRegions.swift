import Engine
import Graph
import Imaging

/// The parts of a picture around regions, in one size.
struct CropRegions: Node {
  static let name = "crop-regions"
  static let version = 1
  static let about = """
    Takes the part of a picture around each of some regions, with context and in one size, so that all can be worked on \
    as a batch; `stitch-regions` puts them back. Each part is chosen as by `crop-to-mask`.
    """

  @Input("The picture.") var image: Image
  @Input("What is to be worked on: x, y, width and height of each region, in pixels.")
  var regions: [[Int]]
  @Input("How many times as wide and high as its region a part is.", in: 1...100)
  var context: Double = 1.5
  @Input("The least room on each side of a region, in pixels.", in: 0...8192)
  var padding: Int = 16
  @Input("The width that the parts are brought to.", in: 1...16384) var width: Int
  @Input("The height that the parts are brought to.", in: 1...16384) var height: Int
  @Output("The parts, in the order of the regions.", named: "images") var crops: [Image]
  @Output("Where each part is, for `stitch-regions`: x, y, width and height in the picture.")
  var places: [[Int]]

  func run(_ context: RunContext) throws {
    try ImageTooLarge.check(width: width, height: height)
    let framing = CropFraming(
      context: self.context, padding: padding, workingSize: (width, height))
    let parts = try regions.map { try framing.region(around: PixelRegion($0), in: image) }
    crops = parts.map { image.cropped(to: $0, size: (width, height)) }
    places = parts.map(\.numbers)
  }

  static func infer(_ ports: inout Inference) throws {
    try ports.requireRegions("regions")
    let extent = Extent(width: ports.constantInt("width"), height: ports.constantInt("height"))
    try ports.requireAllowed(extent, port: "width")
    ports.outputs["images"] = .list(.image(extent))
  }
}
