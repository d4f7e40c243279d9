import Engine
import Graph
import Imaging

/// A picture in the colours of another.
struct MatchColors: Node {
  static let name = "match-colors"
  static let version = 1
  static let about = """
    Gives a picture the colours of another: the mean and the spread of each channel of CIE L*a*b*, after Reinhard \
    et al. (2001).
    """

  @Input("The picture.") var image: Image
  @Input("The picture whose colours are taken; of any size.") var reference: Image
  @Input("How much the colours change: 1 is all the way.", in: 0...1) var strength: Double = 1
  @Output("The picture in other colours.", named: "image") var matched: Image

  func run(_ context: RunContext) throws {
    matched = image.matchingColors(of: reference, strength: strength)
  }

  static func infer(_ ports: inout Inference) throws {
    ports.setExtent(of: "image", to: ports.extent(of: "image"))
  }
}
