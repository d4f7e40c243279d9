import Diffusion
import Engine

/// Prompts of two conditionings side by side.
struct CombineConditioning: Node {
  static let name = "combine-conditioning"
  static let version = 1
  static let about = """
    Draws by two conditionings at once: where and while both hold, their predictions are averaged by their strengths. \
    To make one text of two, take `concat-conditioning`; to blend their meanings, `average-conditioning`.
    """

  @Input("The one conditioning.") var first: Conditioning
  @Input("The other one.") var second: Conditioning
  @Output("All prompts of both, each with its place and time.") var conditioning: Conditioning

  func run(_ context: RunContext) throws { conditioning = first.combined(with: second) }
}
