import Graph

/// The values in memory: each stays for as long as somebody holds it.
///
/// A node holds its inputs from when it may have to run until it is known that it need not, or has.
/// A handle may have to be loaded for as long as somebody holds its outputs.
struct HeldValues {
  private let wiring: Wiring
  private let kinds: [NodeKind]
  private var values: [OutputReference: any PortValue] = [:]
  private var holders: [OutputReference: Int] = [:]
  /// By node: the outputs that it holds.
  private var held: [Set<OutputReference>]
  /// The memory of all of them.
  private(set) var byteCount = 0

  init(_ wiring: Wiring, kinds: [NodeKind]) {
    self.wiring = wiring
    self.kinds = kinds
    held = Array(repeating: [], count: wiring.nodes.count)
  }

  subscript(reference: OutputReference) -> (any PortValue)? { values[reference] }

  /// What a scalar output holds; nil where it is not there.
  func literal(_ reference: OutputReference) -> Literal? { values[reference]?.literal }

  /// Keeps a value that somebody holds, and no other.
  mutating func arrived(_ value: any PortValue, for reference: OutputReference) {
    guard holders[reference] != nil, values.updateValue(value, forKey: reference) == nil else {
      return
    }
    byteCount += value.byteCount
  }

  /// Holds outputs for a node, until it lets go of its inputs; for the graph itself, for good.
  mutating func hold(_ references: [OutputReference], for node: Int?) {
    for reference in references {
      if let node, !held[node].insert(reference).inserted { continue }
      holders[reference, default: 0] += 1
    }
  }

  /// A handle that nobody waits for any more lets go of its own inputs too.
  mutating func letGo(inputsOf node: Int) {
    var nodes = [node]
    while let node = nodes.popLast() {
      let sources = held[node]
      held[node] = []
      for source in sources {
        letGo(of: source)
        let producer = wiring.position(of: source.node)
        if kinds[producer] == .handle, isUnneeded(producer) { nodes.append(producer) }
      }
    }
  }

  private mutating func letGo(of reference: OutputReference) {
    let rest = (holders[reference] ?? 0) - 1
    holders[reference] = rest > 0 ? rest : nil
    if rest <= 0, let value = values.removeValue(forKey: reference) { byteCount -= value.byteCount }
  }

  private func isUnneeded(_ node: Int) -> Bool {
    let node = wiring.nodes[node]
    return node.schema.outputs.allSatisfy {
      holders[OutputReference(node: node.id, port: $0.name)] == nil
    }
  }
}
