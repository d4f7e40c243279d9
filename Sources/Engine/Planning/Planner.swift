import Graph

/// Works out, before anything runs, what is in the store and what has to be done.
struct Planner {
  private let wiring: Wiring
  private let kinds: [NodeKind]
  private let scheme: KeyScheme
  private let store: Store?
  private let hasContentRecords: Bool
  private var files: [FileUse] = []
  private var keys: [Hash256?]
  private var hits: [CacheHit?]
  /// Known contents of outputs, for nodes whose results are found and for handles.
  private var contents: [OutputReference: Hash256] = [:]
  private var states: [PlanEntry.State]
  /// By node: whether it is needed however choices turn out.
  private var isCertain: [Bool]

  /// Throws `RunFailure` when a file that an output depends on cannot be read.
  static func plan(
    _ wiring: Wiring, kinds: [NodeKind], scheme: KeyScheme, store: Store?
  ) throws -> Plan {
    var planner = Planner(wiring, kinds, scheme, store)
    try planner.findKeys()
    planner.findStaticHits()
    try planner.findContentHits()
    planner.leaveOutWhatNobodyNeeds()
    return planner.plan
  }

  private init(_ wiring: Wiring, _ kinds: [NodeKind], _ scheme: KeyScheme, _ store: Store?) {
    self.wiring = wiring
    self.kinds = kinds
    self.scheme = scheme
    self.store = store
    hasContentRecords = store?.hasContentRecords ?? false
    keys = Array(repeating: nil, count: wiring.nodes.count)
    hits = Array(repeating: nil, count: wiring.nodes.count)
    states = Array(repeating: .notNeeded, count: wiring.nodes.count)
    isCertain = Array(repeating: false, count: wiring.nodes.count)
  }

  private var plan: Plan {
    let entries = wiring.nodes.indices.map { index in
      let node = wiring.nodes[index]
      return PlanEntry(
        node: node.id, uses: node.schema.name, state: states[index], key: keys[index],
        span: node.span)
    }
    return Plan(entries: entries, files: files, hits: hits)
  }

  /// The static keys of all nodes that an output depends on.
  private mutating func findKeys() throws {
    for index in needed(through: { _ in true }) {
      let node = wiring.nodes[index]
      do {
        keys[index] = try scheme.staticKey(of: node) { keys[wiring.position(of: $0)] }
        files += try scheme.files(of: node)
      } catch let error as UnreadableInput {
        throw RunFailure(node: node.id, span: node.span, underlying: error)
      }
    }
  }

  /// From the outputs back to what is in the store, and no further.
  private mutating func findStaticHits() {
    var isNeeded = targets()
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
    let needed = Set(needed { hits[$0] == nil })
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

  /// The nodes that the outputs need, in order, when the need passes on through those that `passes`
  /// says.
  private func needed(through passes: (Int) -> Bool) -> [Int] {
    var isNeeded = targets()
    for index in wiring.nodes.indices.reversed() where isNeeded[index] && passes(index) {
      for producer in wiring.producers[index] { isNeeded[producer] = true }
    }
    return wiring.nodes.indices.filter { isNeeded[$0] }
  }

  private func targets() -> [Bool] {
    var isTarget = [Bool](repeating: false, count: wiring.nodes.count)
    for target in wiring.targets { isTarget[wiring.position(of: target.node)] = true }
    return isTarget
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
