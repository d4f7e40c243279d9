import Diffusion
import Engine
import Graph

/// Noise levels as a text.
struct ShowSigmas: Node {
  static let name = "show-sigmas"
  static let version = 1
  static let about = """
    Shows noise levels as a text: on each line the level's number, the level, and how wide the step to \
    the next is, in the natural logarithm of the level.
    """

  @Input("The levels.") var sigmas: [Double]
  @Output("A line for each level.") var text: String

  func run(_ context: RunContext) throws { text = NoiseLevelList.table(sigmas) }
}
