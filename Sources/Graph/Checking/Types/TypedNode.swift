/// A node with the types of its ports, as far as they are right.
struct TypedNode {
  var id: NodeID
  var span: SourceSpan
  var inputs: [(name: String, type: PortType?)]
  var inputSpans: [String: SourceSpan]
  var outputs: [(name: String, type: PortType?)]
}

extension TypedNode {
  /// A node that the engine runs.
  init(_ node: CheckedNode) {
    self.init(
      id: node.id, span: node.span,
      inputs: node.schema.inputs.map { ($0.name, node.inputTypes[$0.name]) },
      inputSpans: node.inputSpans,
      outputs: node.schema.outputs.map { ($0.name, node.outputTypes[$0.name]) })
  }

  /// Replaces the families that have been decided.
  mutating func resolve(_ resolved: (PortType) -> PortType) {
    inputs = inputs.map { ($0.name, $0.type.map(resolved)) }
    outputs = outputs.map { ($0.name, $0.type.map(resolved)) }
  }
}
