import Diffusion
import Engine
import Graph

/// Opens a network that enlarges pictures.
struct LoadUpscaler: Node {
  static let name = "load-upscaler"
  static let version = 1
  static let kind = NodeKind.handle
  static let about = """
    Opens a network that enlarges pictures: an ESRGAN, BSRGAN or Real-ESRGAN, or one of Real-ESRGAN's compact models. \
    What it is, and by how much it enlarges, is read when the graph is checked, its weights only when a node that uses \
    them runs.
    """

  @Input(
    """
    `default` for the one that comes with Easel, which enlarges twice, a `.safetensors` file in any of their layouts, \
    or a name that `easel models` lists.
    """,
    locate: ModelLocation.of(.upscaler))
  var model = FilePath("default")
  @Output("Enlarges pictures.") var upscaler: Upscaler
  @Output("How many times as wide and high pictures become.") var scale: Int

  func run(_ context: RunContext) throws {
    upscaler = try Upscaler(opening: model.resolved)
    scale = upscaler.scale
  }

  static func infer(_ ports: inout Inference) throws {
    guard case .path(let path)? = ports.constants["model"] else { return }
    let upscaler = try ports.reading("model") { try Upscaler(opening: path.resolved) }
    ports.values["scale"] = .int(upscaler.scale)
    ports.outputHandles["upscaler"] = HandleFacts(scale: upscaler.scale)
  }
}
