import Graph

/// The static keys of the nodes that a graph's outputs depend on, and the files that enter them.
struct StaticKeys {
  /// By node; nil for a node that no output needs, and for one that cannot be named before the run.
  private(set) var keys: [Hash256?]
  private(set) var files: [FileUse] = []

  /// Throws `RunFailure` when a file that an output depends on cannot be read.
  init(of wiring: Wiring, by scheme: KeyScheme) throws {
    keys = Array(repeating: nil, count: wiring.nodes.count)
    for index in wiring.needed(through: { _ in true }) {
      let node = wiring.nodes[index]
      do {
        keys[index] = try scheme.staticKey(of: node) { keys[wiring.position(of: $0)] }
        files += try scheme.files(of: node)
      } catch let error as UnreadableInput {
        throw RunFailure(node: node.id, span: node.span, underlying: error)
      }
    }
  }

  /// The nodes that compute what one before them computes, with the one before.
  func duplicates(in wiring: Wiring) -> [NodeID: NodeID] {
    var first: [Hash256: NodeID] = [:]
    var duplicates: [NodeID: NodeID] = [:]
    for (node, key) in zip(wiring.nodes, keys) {
      guard let key else { continue }
      if let other = first[key] { duplicates[node.id] = other } else { first[key] = node.id }
    }
    return duplicates
  }

  /// Leaves nodes out.
  mutating func remove(_ nodes: [NodeID: NodeID], from wiring: Wiring) {
    keys = zip(wiring.nodes, keys).filter { nodes[$0.0.id] == nil }.map(\.1)
  }
}

extension KeyScheme {
  /// The files that a node names.
  fileprivate func files(of node: CheckedNode) throws -> [FileUse] {
    try node.schema.inputs.flatMap { port -> [FileUse] in
      guard case .constant(let literal) = node.inputs[port.name] else { return [] }
      return try literal.paths.map { path in
        FileUse(
          node: node.id, port: port.name, path: path, digest: try digest(of: path, at: port.name))
      }
    }
  }
}

extension Literal {
  fileprivate var paths: [FilePathLiteral] {
    switch self {
    case .path(let path): [path]
    case .list(let elements): elements.flatMap(\.paths)
    default: []
    }
  }
}
