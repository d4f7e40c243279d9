import Engine
import Graph

/// A latent several times.
struct RepeatLatent: Node {
  static let name = "repeat-latent"
  static let version = 1
  static let about = """
    Makes a batch of the same latent several times: sampled, each element gets noise of its own.
    """

  @Input("The latent; of a batch, all are repeated.") var latent: Latent
  @Input("How often.", in: 1...64) var count: Int = 2
  @Output("The batch.", named: "latent") var batch: Latent

  func run(_ context: RunContext) throws {
    batch = try Latent(joining: Array(repeating: latent, count: count))
  }

  static func infer(_ ports: inout Inference) throws {
    ports.setExtent(of: "latent", to: ports.extent(of: "latent"))
  }
}
