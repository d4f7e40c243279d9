import Engine
import Graph
import Imaging

/// Takes a picture's details away.
struct TileBlur: Node {
  static let name = "tile-blur"
  static let version = 1
  static let about = """
    Takes a picture's details away, which a tile ControlNet is to draw again: halves it by area several times, and doubles \
    it as often by a Gaussian pyramid. It is the `TileDetector` of comfyui_controlnet_aux, without its rounding.
    """

  @Input("The picture.") var image: Image
  @Input("How often it is halved; 0 changes nothing.", in: 0...8) var levels: Int = 3
  @Output("The blurred picture, of the same size.", named: "image") var blurred: Image

  func run(_ context: RunContext) throws { blurred = image.tileBlurred(levels: levels) }

  static func infer(_ ports: inout Inference) throws { ports.keepExtent() }
}
