import Diffusion
import Engine
import Graph

/// Noise levels one after the other.
struct JoinSigmas: Node {
  static let name = "join-sigmas"
  static let version = 1
  static let about = """
    Puts noise levels one after the other. Where the first end at the level at which the second \
    begin, it is there once.
    """

  @Input("The first, higher levels.") var high: [Double]
  @Input("The last, lower levels.") var low: [Double]
  @Output("All of them.") var sigmas: [Double]

  func run(_ context: RunContext) throws { sigmas = NoiseLevelList.join(high, low) }
}
