import Engine
import Graph

/// Opens what finds faces, or other things.
struct LoadDetector: Node {
  static let name = "load-detector"
  static let version = 1
  static let kind = NodeKind.handle
  static let about = """
    Opens what finds things of one kind in pictures: the small face detector that comes with Easel, or one of \
    OpenCV's cascades.
    """

  @Input(
    """
    `default` for Easel's own face detector; a `.safetensors` file of such a network; or an XML file of a cascade of \
    Haar features or local binary patterns, such as those of Debian's `opencv-data`.
    """,
    locate: ModelLocation.of(.detector))
  var file: FilePath = FilePath("default")
  @Output("Finds things in pictures.") var detector: Detector

  func run(_ context: RunContext) throws { detector = try Detector(opening: file.resolved) }

  static func infer(_ ports: inout Inference) throws {
    guard case .path(let path)? = ports.constants["file"] else { return }
    _ = try ports.reading("file") { try Detector(opening: path.resolved) }
  }
}
