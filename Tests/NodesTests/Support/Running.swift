import Diffusion
import Engine
import Graph
import Tensor
import Testing

@testable import Nodes

/// Runs a node alone, as the engine runs it.
func run(
  _ type: any Node.Type, _ inputs: [String: PortArgument]
) throws -> [String: any PortValue] {
  try Invocation(type, inputs: inputs).run(RunContext(node: NodeID("test")))
}

/// Runs a node alone, and gives one of its outputs.
func output<Value: PortValue>(
  of type: any Node.Type, _ port: String, _ inputs: [String: PortArgument]
) throws -> Value {
  try #require(try run(type, inputs)[port] as? Value)
}

/// A part of the model that comes with Easel.
private func defaultPart(_ port: String) throws -> any PortValue {
  let path = try ModelLocation.locate("default", in: "")
  let model = PortArgument.constant(.path(.init(written: "default", resolved: path)))
  return try #require(try run(LoadCheckpoint.self, ["model": model])[port])
}

/// The text encoder of the model that comes with Easel.
func defaultEncoder() throws -> any PortValue { try defaultPart("encoder") }

extension PortArgument {
  /// A part of the model that comes with Easel.
  static func part(_ port: String) throws -> PortArgument { .value(try defaultPart(port)) }

  static func float(_ value: Double) -> PortArgument { .constant(.float(value)) }
  static func int(_ value: Int) -> PortArgument { .constant(.int(value)) }
  static func text(_ value: String) -> PortArgument { .constant(.text(value)) }
}
