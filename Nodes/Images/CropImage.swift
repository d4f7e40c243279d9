import Engine
import Graph
import Imaging

/// A part of a picture.
struct CropImage: Node {
  static let name = "crop-image"
  static let version = 1
  static let about = "A part of a picture, pixel by pixel. It must lie inside the picture."

  @Input("The picture.") var image: Image
  @Input("The part's first column, counted from 0.", in: 0...32768) var x: Int = 0
  @Input("The part's first row, counted from 0.", in: 0...32768) var y: Int = 0
  @Input("The part's width, in pixels.", in: 1...32768) var width: Int
  @Input("The part's height, in pixels.", in: 1...32768) var height: Int
  @Output("The part.", named: "image") var cropped: Image

  func run(_ context: RunContext) throws {
    let region = PixelRegion(x: x, y: y, width: width, height: height)
    try region.check(inside: image.width, image.height)
    cropped = image.cropped(to: region)
  }

  static func infer(_ ports: inout Inference) throws {
    let (width, height) = (ports.constantInt("width"), ports.constantInt("height"))
    let whole = ports.extent(of: "image")
    ports.setExtent(of: "image", to: Extent(width: width, height: height))
    guard let x = ports.constantInt("x"), let y = ports.constantInt("y"), let width, let height,
      let wholeWidth = whole.width, let wholeHeight = whole.height
    else { return }
    let region = PixelRegion(x: x, y: y, width: width, height: height)
    try ports.finding(.invalidSize, at: "image") {
      try region.check(inside: wholeWidth, wholeHeight)
    }
  }
}
