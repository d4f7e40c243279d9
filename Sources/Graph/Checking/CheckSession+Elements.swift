extension CheckSession {
  /// Numbers the elements of each mapped node.
  func numbered(_ nodes: [CheckedNode]) -> [CheckedNode] {
    let groups = nodes.map { $0.id.path.utf8.contains(UInt8(ascii: "[")) ? $0.id.group : nil }
    let counts = groups.reduce(into: [NodeID: Int]()) { counts, group in
      if let group { counts[group, default: 0] += 1 }
    }
    guard !counts.isEmpty else { return nodes }
    var next: [NodeID: Int] = [:]
    return zip(nodes, groups).map { node, group in
      guard let group, let count = counts[group] else { return node }
      var node = node
      node.element = MappedElement(group: group, index: next[group, default: 0], count: count)
      next[group, default: 0] += 1
      return node
    }
  }
}
