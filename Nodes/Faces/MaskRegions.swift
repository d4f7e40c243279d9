import Engine
import Graph
import Imaging

/// A mask of regions.
struct MaskRegions: Node {
  static let name = "mask-regions"
  static let version = 1
  static let about = """
    A mask that is 1 in each of some regions, such as those of `detect-faces`; of none it is empty.
    """

  @Input("The regions: x, y, width and height of each, in pixels.") var regions: [[Int]]
  @Input("The picture that the mask is for, which has its size.") var image: Image
  @Input("The whole rectangles, or the ellipses in them.") var shape: RegionShape = .ellipse
  @Input("How much larger they are, about their middles.", in: 0.1...10) var scale: Double = 1
  @Output("The mask.") var mask: Mask

  func run(_ context: RunContext) throws {
    let empty = Mask(width: image.width, height: image.height, filledWith: 0)
    mask = try regions.reduce(empty) { mask, numbers in
      mask.combined(
        with: shape.mask(try PixelRegion(numbers), scale: scale, for: image), by: .union)
    }
  }

  static func infer(_ ports: inout Inference) throws {
    try ports.requireRegions("regions")
    ports.setExtent(of: "mask", to: ports.extent(of: "image"))
  }
}

/// What of a region is meant.
enum RegionShape: String, ChoicePortValue {
  case box, ellipse

  func mask(_ region: PixelRegion, scale: Double, for image: Image) -> Mask {
    let (width, height) = (Double(region.width) * scale, Double(region.height) * scale)
    let x = Double(region.x) + Double(region.width) / 2
    let y = Double(region.y) + Double(region.height) / 2
    func draw(_ shape: some PlaneShape) -> Mask {
      Mask(width: image.width, height: image.height, covering: shape)
    }
    switch self {
    case .box: return draw(Box(x: x - width / 2, y: y - height / 2, width: width, height: height))
    case .ellipse:
      return draw(Ellipse(center: Point(x: x, y: y), radiusX: width / 2, radiusY: height / 2))
    }
  }
}

extension Inference {
  /// Finds fault with constant regions that are none.
  func requireRegions(_ port: String) throws {
    guard let constant = constants[port], let regions = [[Int]](literal: constant) else { return }
    for numbers in regions {
      _ = try finding(.invalidValue, at: port) { try PixelRegion(numbers) }
    }
  }
}
