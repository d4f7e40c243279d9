extension DocumentReader {
  /// Keys of a node that are not ports.
  static let nodeKeys = ["uses", "about", "when", "each", "allow"]

  func readNode(_ entry: SyntaxEntry) -> NodeDeclaration {
    checkName(entry, of: "node")
    let bytes = entry.keySpan.bytes.lowerBound..<entry.value.span.bytes.upperBound
    var node = NodeDeclaration(
      name: entry.key, span: entry.keySpan, values: [], whole: source.span(bytes))
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
    node.when = fields["when"].map { readValue($0.value, of: $0.key) }
    if let each = fields["each"] { readEach(each, into: &node) }
    node.allow = readAllow(fields["allow"])
    for field in fields.entries where !Self.nodeKeys.contains(field.key) {
      let value = readValue(field.value, of: field.key)
      node.values.append(PortAssignment(port: field.key, portSpan: field.keySpan, value: value))
    }
    return node
  }

  /// The axes of `each`: one for each list, one for all lists of `zip` together.
  private func readEach(_ entry: SyntaxEntry, into node: inout NodeDeclaration) {
    let axes = lists(of: entry, example: "each: { seed: [1, 2, 3] }").map { axis in
      axis.key == Self.stepKey ? readZip(axis) : [readElementSource(axis)]
    }
    reportSharedElements(axes)
    node.hasBrokenLists = axes.contains(where: \.isEmpty) || axes.isEmpty
    node.each = axes
  }

  /// The key of `each` under which lists go in step.
  static let stepKey = "zip"

  private func readZip(_ entry: SyntaxEntry) -> [ElementSource] {
    lists(of: entry, example: "zip: { seed: [1, 2], strength: [0.3, 0.6] }")
      .map { readElementSource($0) }
  }

  /// The entries of a mapping with one list at least; none, with a finding, of anything else.
  private func lists(of entry: SyntaxEntry, example: String) -> [SyntaxEntry] {
    let help = "write `\(example)`"
    guard let fields = fields(of: entry.value, in: "`\(entry.key)`", help: help) else { return [] }
    if fields.entries.isEmpty { findings.add(.noLists(of: entry.key, help, at: entry.keySpan)) }
    return fields.entries
  }

  private func readElementSource(_ entry: SyntaxEntry) -> ElementSource {
    checkName(entry, of: "element")
    return ElementSource(
      name: entry.key, span: entry.keySpan, list: readValue(entry.value, of: entry.key))
  }

  private func reportSharedElements(_ axes: [[ElementSource]]) {
    var spans: [String: SourceSpan] = [:]
    for source in axes.joined() {
      if let first = spans.updateValue(source.span, forKey: source.name) {
        findings.add(.sharedElement(source.name, at: source.span, first: first))
      }
    }
  }
}
