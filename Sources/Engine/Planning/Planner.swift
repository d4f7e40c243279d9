import Graph

/// Works out, before anything runs, what is in the store and what has to be done.
struct Planner {
  private let wiring: Wiring
  private let kinds: [NodeKind]
  private let scheme: KeyScheme
  private let store: Store?
  private let hasContentRecords: Bool
  private let keys: [Hash256?]
  private var hits: [CacheHit?]
  /// Known contents of outputs, for nodes whose results are found and for handles.
  private var contents: [OutputReference: Hash256] = [:]
  private var states: [PlanEntry.State]
  /// By node: whether it is needed however choices turn out.
  private var isCertain: [Bool]

  /// Throws `UnreadableInput` when a file that an output depends on cannot be read.
  static func plan(
    _ wiring: Wiring, kinds: [NodeKind], keys: StaticKeys, scheme: KeyScheme, store: Store?
  ) throws -> Plan {
    var planner = Planner(wiring, kinds, keys.keys, scheme, store)
    planner.findStaticHits()
    try planner.findContentHits()
    planner.leaveOutWhatNobodyNeeds()
    return Plan(
      wiring, keys: keys.keys, states: planner.states, hits: planner.hits, files: keys.files)
  }

  private init(
    _ wiring: Wiring, _ kinds: [NodeKind], _ keys: [Hash256?], _ scheme: KeyScheme, _ store: Store?
  ) {
    self.wiring = wiring
    self.kinds = kinds
    self.scheme = scheme
    self.store = store
    hasContentRecords = store?.hasContentRecords ?? false
    self.keys = keys
    hits = Array(repeating: nil, count: wiring.nodes.count)
    states = Array(repeating: .notNeeded, count: wiring.nodes.count)
    isCertain = Array(repeating: false, count: wiring.nodes.count)
  }

  /// From the outputs back to what is in the store, and no further.
  private mutating func findStaticHits() {
    var isNeeded = wiring.isTarget
    for output in wiring.outputs { makeCertain(output.binding.certainReferences) }
    for index in wiring.nodes.indices.reversed() where isNeeded[index] {
      if kinds[index] == .pure, let key = keys[index],
        let record = store?.record(.static(key))
      {
        hits[index] = CacheHit(record: record, reason: .static)
      } else {
        for producer in wiring.producers[index] { isNeeded[producer] = true }
        if isCertain[index] { makeCertain(inputsOf: wiring.nodes[index]) }
      }
      states[index] = .run
    }
  }

  private mutating func makeCertain(inputsOf node: CheckedNode) {
    for binding in node.inputs.values { makeCertain(binding.certainReferences) }
  }

  private mutating func makeCertain(_ references: [OutputReference]) {
    for reference in references { isCertain[wiring.position(of: reference.node)] = true }
  }

  /// From the first node to the last, as long as it is known what comes in.
  private mutating func findContentHits() throws {
    for index in wiring.nodes.indices where states[index] != .notNeeded {
      if hits[index] == nil { try findContentHit(index) }
      if let hit = hits[index] {
        states[index] = .cached
        for (port, output) in hit.record.outputs {
          contents[OutputReference(node: wiring.nodes[index].id, port: port)] = output.digest
        }
      }
    }
  }

  private mutating func findContentHit(_ index: Int) throws {
    let node = wiring.nodes[index]
    let isKnown = !node.isUndecided && wiring.sources[index].allSatisfy { contents[$0] != nil }
    let key = isKnown ? try scheme.contentKey(of: node) { contents[$0] } : nil
    if kinds[index] == .pure {
      let record = key.flatMap { store?.record(.content($0)) }
      hits[index] = record.map { CacheHit(record: $0, reason: .content) }
      states[index] = try !isKnown && mayBeFound(node) ? .maybe : .run
    } else if let key {
      for port in node.schema.outputs {
        contents[OutputReference(node: node.id, port: port.name)] =
          KeyScheme.content(ofPort: port.name, madeBy: key)
      }
    }
  }

  /// Whether there is something to be found once it is known what comes in.
  private func mayBeFound(_ node: CheckedNode) throws -> Bool {
    guard let store, hasContentRecords, let likeness = try scheme.likeness(of: node) else {
      return false
    }
    return store.hasRecords(like: likeness)
  }

  private mutating func leaveOutWhatNobodyNeeds() {
    let hits = hits
    let needed = Set(wiring.needed { hits[$0] == nil })
    for index in wiring.nodes.indices {
      if !needed.contains(index) {
        states[index] = .notNeeded
      } else if !isCertain[index], hits[index] == nil {
        states[index] = .maybe
      } else if kinds[index] == .handle {
        states[index] = .load
      }
    }
  }
}
