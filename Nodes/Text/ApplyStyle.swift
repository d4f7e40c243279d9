import Diffusion
import Engine
import Graph

/// Gives a prompt a look.
struct ApplyStyle: Node {
  static let name = "apply-style"
  static let version = 1
  static let about = """
    Gives a prompt a look: puts it, and the negative prompt, into the templates of a style, or of several, one after \
    the other.
    """

  @Input("The names of the styles, the first to be applied first.") var styles: [String]
  @Input("What the picture shows.") var text: String
  @Input("What it does not show.") var negative: String = ""
  @Input(
    """
    `default` for the styles that come with Easel, or a YAML file: a list of entries with `name`, `prompt` and \
    `negative`, in which `{prompt}` stands for the text.
    """, locate: StyleLibrary.locate)
  var library = FilePath("default")
  @Output("What the picture shows, in this look.", named: "text") var styled: String
  @Output("What it does not show then.", named: "negative") var styledNegative: String

  func run(_ context: RunContext) throws {
    let library = try StyleLibrary(reading: self.library.resolved)
    let styled = try library.named(styles).reduce((prompt: text, negative: negative)) {
      $1.apply(to: $0.prompt, negative: $0.negative)
    }
    (self.styled, styledNegative) = styled
  }

  static func infer(_ ports: inout Inference) throws {
    guard case .path(let path)? = ports.constants["library"] else { return }
    let library = try ports.reading("library") { try StyleLibrary(reading: path.resolved) }
    guard let names = ports.constantTexts("styles") else { return }
    do {
      _ = try library.named(names)
    } catch {
      throw InferenceFailure(.invalidValue, port: "styles", error.message, help: error.help)
    }
  }
}
