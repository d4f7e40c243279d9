import Diffusion
import Engine
import Graph

/// Opens a ControlNet; its weights are read when they are first used.
struct LoadControlNet: Node {
  static let name = "load-controlnet"
  static let version = 1
  static let kind = NodeKind.handle
  static let about = """
    Opens a ControlNet, by which pictures follow edges, depths, poses or another picture: `apply-controlnet` puts it on \
    prompts. Which models it is for is read when the graph is checked, its weights only when a node that uses it runs.
    """

  @Input(
    """
    A `.safetensors` file in the original layout or that of diffusers, a folder in the diffusers layout, or a name that \
    `easel models` lists.
    """,
    locate: ModelLocation.of(.controlnet))
  var file: FilePath
  @Output("Makes prompts follow a picture.") var controlnet: ControlNetModel

  func run(_ context: RunContext) throws {
    controlnet = try ControlNetModel(opening: file.resolved)
  }

  static func infer(_ ports: inout Inference) throws {
    guard case .path(let path)? = ports.constants["file"] else { return }
    let controlnet = try ports.reading("file") { try ControlNetModel(opening: path.resolved) }
    ports.families["F"] = Family(controlnet.family)
  }
}
