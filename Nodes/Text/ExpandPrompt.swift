import Diffusion
import Engine
import Graph

/// Chooses between alternatives in a text.
struct ExpandPrompt: Node {
  static let name = "expand-prompt"
  static let version = 1
  static let about = """
    Chooses between alternatives in a text, by chance that a seed decides: `{a|b}`, `{3::a|b}` where `a` is three times as \
    likely, `{2$$a|b|c}` for two of them, `__name__` for a line of the file `name.txt`.
    """

  @Input(
    "The text with its alternatives; a backslash stands before braces, `|` and `_` that are meant as such."
  )
  var text: String
  @Input("The start of the chance; the same seed chooses the same.") var seed: Seed = 0
  @Input(
    """
    The folder of the files that `__name__` and `__folder/name__` stand for: a line for each alternative, perhaps with \
    a weight, `#` before what is none.
    """)
  var wildcards: FilePath?
  @Output("The text, with everything chosen.", named: "text") var expanded: String

  func run(_ context: RunContext) throws {
    expanded = try PromptExpansion.expand(
      text, seed: UInt64(seed.value), wildcards: wildcards?.resolved)
  }

  static func infer(_ ports: inout Inference) throws {
    guard case .text(let text)? = ports.constants["text"] else { return }
    try ports.finding(.invalidValue, at: "text") { try PromptExpansion.verify(text) }
  }
}
