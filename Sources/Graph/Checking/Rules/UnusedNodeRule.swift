/// Every node is there for an output, or for a node that refers to it: what only unused nodes need is
/// not blamed beside them.
enum UnusedNodeRule {
  static func findings(in document: GraphDocument, referredTo names: Set<String>) -> [Diagnostic] {
    document.nodes.filter { !names.contains($0.name) }.map { .unusedNode($0) }
  }
}
