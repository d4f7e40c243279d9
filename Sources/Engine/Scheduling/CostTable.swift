import Graph

/// What running a node took.
struct NodeCost: Hashable, Sendable {
  var seconds: Double
  /// The most that it held at once beside its inputs, in bytes.
  var peakBytes: Int
}

/// What nodes cost, as far as it was seen in earlier runs: by their kinds and by what tells large work from
/// small, which is the types of their ports and the numbers that they are set with.
///
/// It decides nothing but the order of the work and how much of it goes on at once.
struct CostTable {
  private let costFile: CostFile?
  /// By node: what its cost is known by.
  private let profiles: [Hash256?]
  private var known: [Hash256: NodeCost] = [:]
  private var learned: [Hash256: NodeCost] = [:]

  /// Where everything is in the store, nothing is read.
  init(_ wiring: Wiring, plan: Plan, store: Store?) {
    costFile = store?.costFile
    profiles = zip(wiring.nodes, plan.states).map { node, state in
      [.cached, .notNeeded].contains(state) ? nil : node.profile
    }
    if profiles.contains(where: { $0 != nil }) { known = costFile?.load() ?? [:] }
  }

  /// What a node took in an earlier run.
  subscript(index: Int) -> NodeCost? { profiles[index].flatMap { known[$0] } }

  mutating func learn(_ cost: NodeCost, of index: Int) {
    if let profile = profiles[index] { learned[profile] = cost }
  }

  /// Keeps what was learned for later runs. Where that cannot be, nothing is lost but a better order.
  func save() {
    guard !learned.isEmpty else { return }
    try? costFile?.save(known.merging(learned) { $1 }, latest: Set(learned.keys))
  }
}

extension CheckedNode {
  /// Texts, seeds and files make no work larger.
  fileprivate var profile: Hash256 {
    var hasher = FieldHasher()
    hasher.add(schema.name)
    hasher.add(schema.version)
    for port in schema.inputs {
      hasher.add(port.name)
      hasher.add(inputTypes[port.name]?.description ?? "")
      guard case .constant(let literal) = inputs[port.name], port.type != .seed else { continue }
      switch literal {
      case .int, .float, .bool, .size: hasher.add(literal.canonical)
      default: continue
      }
    }
    return hasher.finish()
  }
}
