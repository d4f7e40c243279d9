import Diffusion
import Engine
import Graph

/// Opens an autoencoder alone; its weights are read when they are first used.
struct LoadVAE: Node {
  static let name = "load-vae"
  static let version = 1
  static let kind = NodeKind.handle
  static let about = """
    Opens an autoencoder to be used in the place of a checkpoint's own. It is read when a node that uses it runs.
    """

  @Input(
    """
    A `.safetensors` file that holds an autoencoder, alone or with other parts, in the original layout or that of \
    diffusers, or a folder in the diffusers layout; or a small one, TAESD or TAESDXL, in diffusers' files or the \
    original ones.
    """,
    locate: ModelLocation.of(.vae))
  var file: FilePath
  @Input(
    """
    The models that it is for. `auto` is enough where its files tell; an autoencoder alone in a file does not: those \
    of all families have the same shapes.
    """)
  var family: FamilyChoice = .auto
  @Output("Turns latents into images and back.") var vae: Autoencoder

  func run(_ context: RunContext) throws {
    vae = try Autoencoder(opening: file.resolved, for: family.family)
  }

  static func infer(_ ports: inout Inference) throws {
    guard case .path(let path)? = ports.constants["file"],
      let choice = ports.constants["family"].flatMap(FamilyChoice.init)
    else { return }
    let vae = try ports.reading("file") {
      try Autoencoder(opening: path.resolved, for: choice.family)
    }
    ports.families["F"] = Family(vae.family)
  }
}

/// A family, or whichever the files tell.
enum FamilyChoice: String, ChoicePortValue {
  case auto, sd1, sd2, sdxl

  /// Nil for `auto`.
  var family: ModelFamily? { ModelFamily(rawValue: rawValue) }
}
