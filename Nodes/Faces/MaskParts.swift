import Engine
import Imaging

/// Where the parts of a mask are.
struct MaskParts: Node {
  static let name = "mask-parts"
  static let version = 1
  static let about = """
    The regions around the parts of a mask that hang together, such as each hand of a mask of hands; none of an empty \
    mask.
    """

  @Input("The mask; what is over 0 counts.") var mask: Mask
  @Input("Parts of which no side is as long are left out, in pixels.", in: 1...32768)
  var minSize: Int = 1
  @Input("Which comes first.") var order: RegionOrder = .largestFirst
  @Input("How many at most: the first of them.", in: 1...10_000) var most: Int = 64
  @Output("Where they are: x, y, width and height of each, in pixels.") var regions: [[Int]]
  @Output("How many they are.") var count: Int

  func run(_ context: RunContext) throws {
    let parts = order.sorted(mask.parts.filter { max($0.width, $0.height) >= minSize })
    if parts.isEmpty { context.note("the mask has no part that is large enough") }
    if parts.count > most { context.note("of \(parts.count) parts the first \(most) are kept") }
    regions = parts.prefix(most).map(\.numbers)
    count = regions.count
  }
}
