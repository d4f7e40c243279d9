/// A node gives values to ports that its kind has, and to all that its kind needs.
struct PortNameRule {
  /// Every name that can be given a value.
  let names: [String]
  /// The ports whose declarations are in order.
  let ports: [PortSchema]
  /// The word after `uses:`.
  let kind: String

  func findings(for node: NodeDeclaration) -> [Diagnostic] {
    let unknown = node.values.lazy.filter { !names.contains($0.port) }.prefix(Findings.limit)
    // A misspelled port is not missing as well.
    let misspelled = unknown.map(\.port) + unusedElements(of: node).map(\.name)
    let meant = Set(misspelled.compactMap { NearMiss.of($0, in: names) })
    let given = Set(node.values.map(\.port) + node.each.joined().map(\.name))
    let missing = ports.filter { port in
      port.presence == .required && !given.contains(port.name) && !meant.contains(port.name)
    }
    return unknown.map { .unknownPort($0.port, of: kind, ports: names, at: $0.portSpan) }
      + unusedElements(of: node).map { .unusedElement($0, of: kind, ports: names) }
      + (node.hasBrokenLists ? [] : missing.map { .missingPort($0, of: kind, node: node) })
  }

  /// What is mapped over gives its elements to a port that has no other value, or to values that refer
  /// to them.
  private func unusedElements(of node: NodeDeclaration) -> [ElementSource] {
    guard !node.each.isEmpty else { return [] }
    let references = node.values.flatMap(\.value.expressions).flatMap(\.references)
    let free = Set(names).subtracting(node.values.map(\.port))
    let used = free.union(references.map(\.name))
    return node.each.joined().filter { !used.contains($0.name) && NameRule.allows($0.name) }
  }
}
