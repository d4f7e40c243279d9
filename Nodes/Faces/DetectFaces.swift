import Engine
import Graph
import Imaging

/// Where the faces are in a picture.
struct DetectFaces: Node {
  static let name = "detect-faces"
  static let version = 1
  static let about = """
    Finds the faces in a picture, or whatever else the detector is for. None is no error: the list is empty then. A \
    cascade finds what it finds in OpenCV.
    """

  @Input("What finds them.") var detector: Detector
  @Input("The picture.") var image: Image
  @Input("How sure a network must be; cascades do not say.", in: 0...1)
  var threshold: Double = 0.5
  @Input(
    "How many windows of a cascade must agree beside the first; 0 gives them all.", in: 0...1000)
  var minNeighbors: Int = 3
  @Input("How much larger a cascade's windows are from scale to scale.", in: 1.01...10)
  var scaleFactor: Double = 1.1
  @Input("The least width and height, in pixels.", in: 0...32768) var minSize: Int = 0
  @Input("The largest width and height, in pixels; by itself, the picture's.", in: 1...32768)
  var maxSize: Int?
  @Input("Which comes first.") var order: RegionOrder = .largestFirst
  @Input("How many at most: the first of them.", in: 1...10_000) var most: Int = 64
  @Output("Where they are: x, y, width and height of each, in pixels.") var regions: [[Int]]
  @Output("How many they are.") var count: Int

  var peakBytes: Int { image.byteCount }

  func run(_ context: RunContext) throws {
    let settings = DetectionSettings(
      threshold: threshold,
      cascade: CascadeSettings(
        scaleFactor: scaleFactor, minNeighbors: minNeighbors, minSize: minSize, maxSize: maxSize))
    let found = try order.sorted(settings.regions(detector, in: image, context))
    if found.isEmpty { context.note("nothing was found in the picture") }
    if found.count > most { context.note("\(found.count) were found; the first \(most) are kept") }
    regions = found.prefix(most).map(\.numbers)
    count = regions.count
  }
}

/// In what order regions are listed.
enum RegionOrder: String, ChoicePortValue {
  case largestFirst = "largest-first"
  case leftToRight = "left-to-right"
  case topToBottom = "top-to-bottom"

  /// Those that are equal in it are ordered from above and from the left.
  func sorted(_ regions: [PixelRegion]) -> [PixelRegion] {
    regions.sorted { key($0).lexicographicallyPrecedes(key($1)) }
  }

  private func key(_ region: PixelRegion) -> [Int] {
    let first =
      switch self {
      case .largestFirst: -region.width * region.height
      case .leftToRight: region.x
      case .topToBottom: region.y
      }
    return [first, region.y, region.x, region.width, region.height]
  }
}
