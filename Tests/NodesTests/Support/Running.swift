import Diffusion
import Engine
import Graph
import Tensor
import Testing

@testable import Nodes

/// Runs a node alone, as the engine does, and gives one of its outputs.
func output<Value: PortValue>(
  of type: any Node.Type, _ port: String, _ inputs: [String: PortArgument]
) throws -> Value {
  let outputs = try Invocation(type, inputs: inputs).run(RunContext(node: NodeID("test")))
  return try #require(outputs[port] as? Value)
}

extension PortArgument {
  /// A part of the model that comes with Easel.
  static func part(_ port: String) throws -> PortArgument {
    let path = try ModelLocation.locate("default", in: "")
    let model = PortArgument.constant(.path(.init(written: "default", resolved: path)))
    let outputs = try Invocation(LoadCheckpoint.self, inputs: ["model": model])
      .run(RunContext(node: NodeID("test")))
    return .value(try #require(outputs[port]))
  }

  static func float(_ value: Double) -> PortArgument { .constant(.float(value)) }
  static func int(_ value: Int) -> PortArgument { .constant(.int(value)) }
  static func text(_ value: String) -> PortArgument { .constant(.text(value)) }
}
