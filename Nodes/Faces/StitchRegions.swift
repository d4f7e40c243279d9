import Engine
import Graph
import Imaging

/// Puts the parts of a picture back.
struct StitchRegions: Node {
  static let name = "stitch-regions"
  static let version = 1
  static let about = """
    Puts back the parts of a picture that `crop-regions` took and that were worked on, one after the other, each \
    through what the mask has in its region. Pixels outside the feathered mask keep their bits.
    """

  @Input("The whole picture, as it was cropped.") var image: Image
  @Input("The parts, worked on; of any size, each is brought to that of its place.")
  var crops: [Image]
  @Input("Where the parts were: the places that `crop-regions` gives.") var places: [[Int]]
  @Input("The regions that the parts were taken for.") var regions: [[Int]]
  @Input("What may change, of the whole picture's size.") var mask: Mask
  @Input("How far the seam reaches to each side of the mask's edge, in pixels.", in: 0...512)
  var feather: Double = 8
  @Input("How much of its former colours each part gets back, as by `match-colors`.", in: 0...1)
  var colorMatch: Double = 1
  @Output("The whole picture.", named: "image") var stitched: Image

  var peakBytes: Int { 3 * image.byteCount }

  func run(_ context: RunContext) throws {
    try SizesDiffer.check("mask", mask, "image", image)
    guard crops.count == places.count, places.count == regions.count else {
      throw UnequalParts(crops: crops.count, places: places.count, regions: regions.count)
    }
    let parts = try crops.indices.map { index in
      (
        crop: crops[index], place: try PixelRegion(places[index]),
        region: try PixelRegion(regions[index])
      )
    }
    let stitching = PartStitching(feather: feather, colorMatch: colorMatch)
    stitched = try stitching(parts, into: image, through: mask) {
      try context.checkCancellation()
    }
  }

  static func infer(_ ports: inout Inference) throws {
    try ports.requireSameSize("mask", as: "image")
    for port in ["places", "regions"] { try ports.requireRegions(port) }
    ports.setExtent(of: "image", to: ports.extent(of: "image"))
  }
}

/// Lists that do not go together.
struct UnequalParts: Error, CustomStringConvertible {
  var crops, places, regions: Int

  var description: String {
    "there are \(crops) crops, \(places) places and \(regions) regions; give the lists that `crop-regions` took and "
      + "made, one crop for each"
  }
}
