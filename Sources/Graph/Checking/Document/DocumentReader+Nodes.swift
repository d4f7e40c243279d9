extension DocumentReader {
  /// Keys of a node that are not ports.
  static let nodeKeys = ["uses", "about"]
  /// Keys that the language sets aside for what this version does not have.
  static let reservedNodeKeys = ["when", "each"]

  func readNode(_ entry: SyntaxEntry) -> NodeDeclaration {
    checkName(entry, of: "node")
    var node = NodeDeclaration(name: entry.key, span: entry.keySpan, values: [])
    let fields = fields(
      of: entry.value, in: "the node `\(entry.key)`", mayBeEmpty: true,
      help: "write `\(entry.key): { uses: ... }`")
    guard let fields else { return node }
    node.uses = word(fields["uses"])
    if fields["uses"] == nil {
      let near = fields.entries.first { NearMiss.of($0.key, in: ["uses"]) != nil }
      findings.add(.missingUses(of: entry.key, near: near, at: entry.keySpan))
    }
    _ = word(fields["about"])
    for field in fields.entries where !Self.nodeKeys.contains(field.key) {
      if Self.reservedNodeKeys.contains(field.key) {
        findings.add(.notYet(field.key, at: field.keySpan))
        node.uses = nil
      } else {
        let value = readValue(field.value, of: field.key)
        node.values.append(PortAssignment(port: field.key, portSpan: field.keySpan, value: value))
      }
    }
    return node
  }
}
