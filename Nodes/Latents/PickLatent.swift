import Engine
import Graph

/// One latent of a batch.
struct PickLatent: Node {
  static let name = "pick-latent"
  static let version = 1
  static let about = "One latent of a batch."

  @Input("The batch.") var latent: Latent
  @Input("Which latent, counted from 1.", in: 1...64) var index: Int = 1
  @Output("That latent alone.", named: "latent") var picked: Latent

  func run(_ context: RunContext) throws {
    guard (1...latent.count).contains(index) else {
      throw LatentBatchError.noSuchElement(index: index, count: latent.count)
    }
    picked = latent[index - 1]
  }

  static func infer(_ ports: inout Inference) throws {
    ports.setExtent(of: "latent", to: ports.extent(of: "latent"))
  }
}
