import Graph
import Synchronization

/// A node with its ports.
struct NodePorts {
  let node: any Node
  private(set) var inputs: [(name: String, port: any AnyInput)] = []
  private(set) var outputs: [(name: String, port: any AnyOutput)] = []

  /// Makes a node. The names of a kind's ports are read by reflection, the first time.
  init(making type: any Node.Type) {
    let made = PortCollector.make(type)
    let names = Self.known.withLock { known in
      let key = ObjectIdentifier(type)
      if let names = known[key] { return names }
      let names = Names(of: made.node)
      known[key] = names
      return names
    }
    node = made.node
    inputs = Array(zip(names.inputs, made.inputs))
    outputs = Array(zip(names.outputs, made.outputs))
  }

  /// The names of a kind's ports, in the order of their declarations.
  private struct Names {
    var inputs: [String] = []
    var outputs: [String] = []

    init(of node: any Node) {
      for child in Mirror(reflecting: node).children {
        guard let label = child.label else { continue }
        if child.value is any AnyInput {
          inputs.append(NodePorts.portName(label))
        } else if let output = child.value as? any AnyOutput {
          outputs.append(output.name ?? NodePorts.portName(label))
        }
      }
    }
  }

  private static let known = Mutex<[ObjectIdentifier: Names]>([:])

  /// The Swift type of an output's values.
  static func valueType(ofOutput port: String, of type: any Node.Type) -> (any PortValue.Type)? {
    NodePorts(making: type).outputs.first { $0.name == port }?.port.valueType
  }

  /// `_clipSkip`, the storage of the property `clipSkip`, is the port `clip-skip`.
  fileprivate static func portName(_ label: String) -> String {
    label.drop { $0 == "_" }.reduce(into: "") { name, letter in
      if letter.isUppercase { name += "-" }
      name += letter.lowercased()
    }
  }
}

extension NodeSchema {
  /// Reads a node's declarations.
  init(reading type: any Node.Type) {
    let ports = NodePorts(making: type)
    self.init(
      name: type.name, version: type.version, about: type.about,
      inputs: ports.inputs.map { PortSchema(name: $0.name, reading: $0.port) },
      outputs: ports.outputs.map {
        PortSchema(name: $0.name, type: $0.port.valueType.portType, about: $0.port.about)
      },
      expansion: type.expansion, infer: { try type.infer(&$0) })
  }
}

extension PortSchema {
  fileprivate init(name: String, reading port: any AnyInput) {
    let declaration = port.declaration
    let isOptional = port.valueType is any OptionalPortValue.Type
    self.init(
      name: name, type: port.valueType.portType, about: declaration.about,
      presence: declaration.fallback.map(Presence.defaulted)
        ?? (isOptional ? .optional : .required),
      range: declaration.range, affectsResult: declaration.affectsResult,
      locate: declaration.locate)
  }
}
