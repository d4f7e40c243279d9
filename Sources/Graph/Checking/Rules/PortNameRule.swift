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
    let meant = Set(unknown.compactMap { NearMiss.of($0.port, in: names) })
    let given = Set(node.values.map(\.port))
    let missing = ports.filter { port in
      port.presence == .required && !given.contains(port.name) && !meant.contains(port.name)
    }
    return unknown.map { .unknownPort($0.port, of: kind, ports: names, at: $0.portSpan) }
      + missing.map { .missingPort($0, of: kind, node: node) }
  }
}
