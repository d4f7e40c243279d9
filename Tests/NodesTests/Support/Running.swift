import Diffusion
import Engine
import Graph
import Testing

@testable import Nodes

/// Runs a node alone, as the engine runs it.
func run(
  _ type: any Node.Type, _ inputs: [String: PortArgument]
) throws -> [String: any PortValue] {
  try Invocation(type, inputs: inputs).run(RunContext(node: NodeID("test")))
}

/// The text encoder of the model that comes with Easel.
func defaultEncoder() throws -> any PortValue {
  let path = try ModelLocation.locate("default", in: "")
  let model = PortArgument.constant(.path(.init(written: "default", resolved: path)))
  return try #require(try run(LoadCheckpoint.self, ["model": model])["encoder"])
}
