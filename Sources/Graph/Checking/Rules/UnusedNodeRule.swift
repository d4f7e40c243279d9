/// Every node is there for an output, or for a node that refers to it: what only unused nodes need is
/// not blamed beside them.
enum UnusedNodeRule {
  static func findings(in document: GraphDocument) -> [Diagnostic] {
    let references = document.nodes.flatMap(\.references) + document.outputReferences
    let used = Set(references.map(\.name))
    return document.nodes.filter { !used.contains($0.name) }.map { .unusedNode($0) }
  }
}
