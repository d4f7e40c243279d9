import Diffusion
import Engine

/// A text between two.
struct AverageConditioning: Node {
  static let name = "average-conditioning"
  static let version = 1
  static let about = """
    Blends the meanings of two texts, token by token. Where the second text has fewer tokens, zeros take their place; \
    tokens beyond those of the first are left out.
    """

  @Input("The one text; each of its prompts is blended.") var first: Conditioning
  @Input("The other one; its first prompt is taken.") var second: Conditioning
  @Input("How much of the first text there is.", in: 0...1) var share: Double = 0.5
  @Output("The blend, with the place of the first.") var conditioning: Conditioning

  func run(_ context: RunContext) throws {
    conditioning = try first.averaged(with: second, share: 1 - Float(share))
  }
}
