import Diffusion
import Engine
import Graph

/// Opens text encoders alone; their weights are read when they are first used.
struct LoadTextEncoder: Node {
  static let name = "load-text-encoder"
  static let version = 1
  static let kind = NodeKind.handle
  static let about = """
    Opens the text encoders of a model without its other parts. Which models they are for is read from their shapes \
    when the graph is checked: one CLIP ViT-L is for SD 1.x, one OpenCLIP ViT-H for SD 2.x, a ViT-L with a ViT-bigG for \
    SDXL.
    """

  @Input(
    """
    A `.safetensors` file that holds one or more text encoders, alone or with other parts, in transformers' layout or \
    OpenCLIP's, or a folder in the diffusers layout.
    """,
    locate: ModelLocation.of(.textEncoder))
  var first: FilePath
  @Input(
    "SDXL's other encoder, where the first file holds but one.",
    locate: ModelLocation.of(.textEncoder))
  var second: FilePath?
  @Output("Turns text into conditioning.") var encoder: TextEncoders

  func run(_ context: RunContext) throws {
    encoder = try TextEncoders(opening: [first, second].compactMap { $0?.resolved })
  }

  static func infer(_ ports: inout Inference) throws {
    let paths = ["first", "second"].compactMap { port -> String? in
      if case .path(let path)? = ports.constants[port] { path.resolved } else { nil }
    }
    // A second path that is not a constant is known only when the node runs.
    guard !paths.isEmpty, paths.count == ["first", "second"].count(where: ports.isGiven) else {
      return
    }
    let encoders = try ports.reading("first") { try TextEncoders(opening: paths) }
    ports.families["F"] = Family(encoders.family)
  }
}

extension Inference {
  /// Whether an input is connected or a constant.
  fileprivate func isGiven(_ port: String) -> Bool {
    inputs[port] != nil || constants[port] != nil
  }
}
