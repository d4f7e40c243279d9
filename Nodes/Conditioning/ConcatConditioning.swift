import Diffusion
import Engine

/// One text behind another.
struct ConcatConditioning: Node {
  static let name = "concat-conditioning"
  static let version = 1
  static let about = """
    Puts the tokens of one text behind those of another, as if both were one long text whose parts do not read each \
    other.
    """

  @Input("The text that comes first; each of its prompts is continued.") var first: Conditioning
  @Input("The text that follows; its first prompt is taken.") var second: Conditioning
  @Output("The long text, with the place and the pooled embedding of the first.")
  var conditioning: Conditioning

  func run(_ context: RunContext) throws {
    conditioning = try first.concatenated(with: second)
  }
}
