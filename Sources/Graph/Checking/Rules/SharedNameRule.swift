/// Inputs and nodes share one namespace, because references do not say which of them they mean.
enum SharedNameRule {
  static func findings(in document: GraphDocument) -> [Diagnostic] {
    let inputs = Dictionary(document.inputs.map { ($0.name, $0.span) }) { first, _ in first }
    return document.nodes.compactMap { node in
      inputs[node.name].map { .sharedName(node.name, node: node.span, input: $0) }
    }
  }
}
