import Graph

extension GraphDescription {
  /// Describes the nodes that the outputs of a graph may depend on. Throws `UnreadableInput`.
  ///
  /// - Parameters:
  ///   - entries: What the plan says of each node.
  ///   - hasResult: Whether the result of a node is known.
  init(
    _ wiring: Wiring, entries: [PlanEntry], files: [FileUse], scheme: KeyScheme,
    hasResult: (PlanEntry) -> Bool
  ) throws {
    let describer = Describer(scheme: scheme, files: files)
    self.init(
      keyVersion: KeyScheme.version, numericMode: scheme.numericMode,
      nodes: try wiring.needed { _ in true }.map { index in
        let entry = entries[index]
        return try describer.describe(
          wiring.nodes[index], key: entry.key, hasResult: hasResult(entry))
      })
  }
}

/// Says what `KeyScheme` hashes, step by step as it does.
private struct Describer {
  /// Longer texts are cut, and known by their digests.
  private static let lengthLimit = 2000

  let scheme: KeyScheme
  /// The digests that the keys were made of, by the paths that were opened.
  let digests: [String: Hash256]

  init(scheme: KeyScheme, files: [FileUse]) {
    self.scheme = scheme
    digests = Dictionary(files.map { ($0.path.resolved, $0.digest) }) { first, _ in first }
  }

  func describe(_ node: CheckedNode, key: Hash256?, hasResult: Bool) throws -> NodeDescription {
    NodeDescription(
      id: node.id, group: node.element?.group, uses: node.schema.name,
      version: node.schema.version, outputs: node.schema.outputs.map(\.name),
      inputs: try node.schema.inputs.filter(\.affectsResult).compactMap { port in
        try node.inputs[port.name].map {
          NodeDescription.Input(port: port.name, component: try describe($0, at: port))
        }
      },
      key: key, hasResult: hasResult)
  }

  private func describe(_ binding: Binding, at port: PortSchema) throws -> Component {
    switch binding {
    case .constant(let literal):
      try describe(literal, meaning: literal.widened(to: port.type), at: port.name)
    case .output(let reference): .output(reference)
    case .computed(let computation): .computed(formula(computation))
    case .list(let elements): .gathered(try elements.map { try describe($0, at: port) })
    case .choice(let condition, let first, let second):
      .choice(
        formula(condition), then: try describe(first, at: port),
        otherwise: try second.map { try describe($0, at: port) })
    }
  }

  private func describe(
    _ written: Literal, meaning meant: Literal, at port: String
  ) throws -> Component {
    switch (written, meant) {
    case (.path(let path), _):
      return .file(
        digest: try digests[path.resolved] ?? scheme.digest(of: path, at: port), path: path.written)
    case (.list(let written), .list(let meant)):
      return .constants(
        try zip(written, meant).map { try describe($0, meaning: $1, at: port) })
    default:
      var isText = false
      if case .text = written { isText = true }
      return .constant(
        .init(
          canonical: bounded(meant.canonical), display: cut(written.display), isText: isText))
    }
  }

  private func formula(_ computation: Computation) -> Component.Formula {
    .init(canonical: bounded(computation.canonical), references: computation.references)
  }

  private func bounded(_ canonical: String) -> String {
    canonical.utf8.count <= Self.lengthLimit
      ? canonical : "sha256:\(Hash256(of: canonical.utf8))"
  }

  private func cut(_ display: String) -> String {
    display.utf8.count <= Self.lengthLimit
      ? display : String(display.unicodeScalars.prefix(Self.lengthLimit / 4)) + "…"
  }
}
