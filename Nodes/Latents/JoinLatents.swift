import Engine
import Graph

/// Latents as one batch.
struct JoinLatents: Node {
  static let name = "join-latents"
  static let version = 1
  static let about = "Makes one batch of latents of one size, in their order."

  @Input("The latents, at least one; each may be a batch itself.") var latents: [Latent]
  @Output("All of them.", named: "latent") var batch: Latent

  func run(_ context: RunContext) throws { batch = try Latent(joining: latents) }

  static func infer(_ ports: inout Inference) throws {
    guard case .list(.latent(_, let extent))? = ports.inputs["latents"] else { return }
    ports.setExtent(of: "latent", to: extent)
  }
}
