import Engine
import Graph
import Imaging

/// A mirrored picture.
struct FlipImage: Node {
  static let name = "flip-image"
  static let version = 1
  static let about = "Mirrors a picture."

  @Input("The picture.") var image: Image
  @Input("`horizontal` exchanges left and right, `vertical` top and bottom.")
  var direction: FlipDirection = .horizontal
  @Output("The mirrored picture.", named: "image") var flipped: Image

  func run(_ context: RunContext) throws { flipped = image.flipped(direction) }

  static func infer(_ ports: inout Inference) throws {
    ports.setExtent(of: "image", to: ports.extent(of: "image"))
  }
}

extension FlipDirection: ChoicePortValue {}
