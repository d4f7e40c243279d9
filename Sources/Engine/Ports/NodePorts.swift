import Graph

/// The ports of one node instance, found by reflection.
struct NodePorts {
  var inputs: [(name: String, port: any AnyInput)] = []
  var outputs: [(name: String, port: any AnyOutput)] = []

  init(of node: any Node) {
    for child in Mirror(reflecting: node).children {
      guard let label = child.label else { continue }
      if let input = child.value as? any AnyInput {
        inputs.append((Self.portName(label), input))
      } else if let output = child.value as? any AnyOutput {
        outputs.append((output.name ?? Self.portName(label), output))
      }
    }
  }

  /// The Swift type of an output's values.
  static func valueType(ofOutput port: String, of type: any Node.Type) -> (any PortValue.Type)? {
    NodePorts(of: type.init()).outputs.first { $0.name == port }?.port.valueType
  }

  /// `_clipSkip`, the storage of the property `clipSkip`, is the port `clip-skip`.
  private static func portName(_ label: String) -> String {
    label.drop { $0 == "_" }.reduce(into: "") { name, letter in
      if letter.isUppercase { name += "-" }
      name += letter.lowercased()
    }
  }
}

extension NodeSchema {
  /// Reads a node's declarations.
  init(reading type: any Node.Type) {
    let ports = NodePorts(of: type.init())
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
