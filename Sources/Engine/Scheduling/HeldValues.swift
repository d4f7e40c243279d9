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
  /// By node: whether it holds its inputs.
  private var isHolding: [Bool]
  /// The memory of all of them.
  private(set) var byteCount = 0

  /// The graph's outputs are held for good.
  init(_ wiring: Wiring, kinds: [NodeKind]) {
    self.wiring = wiring
    self.kinds = kinds
    isHolding = Array(repeating: false, count: wiring.nodes.count)
    for target in wiring.targets { holders[target] = 1 }
  }

  subscript(reference: OutputReference) -> (any PortValue)? { values[reference] }

  /// Whether all that a node takes from others is there.
  func hasInputs(of node: Int) -> Bool { wiring.sources[node].allSatisfy { values[$0] != nil } }

  /// Keeps a value that somebody holds, and no other.
  mutating func arrived(_ value: any PortValue, for reference: OutputReference) {
    guard holders[reference] != nil, values.updateValue(value, forKey: reference) == nil else {
      return
    }
    byteCount += value.byteCount
  }

  mutating func hold(inputsOf node: Int) {
    guard !isHolding[node] else { return }
    isHolding[node] = true
    for source in wiring.sources[node] { holders[source, default: 0] += 1 }
  }

  /// A handle that nobody waits for any more lets go of its own inputs too.
  mutating func letGo(inputsOf node: Int) {
    var nodes = [node]
    while let node = nodes.popLast() {
      guard isHolding[node] else { continue }
      isHolding[node] = false
      for source in wiring.sources[node] {
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
