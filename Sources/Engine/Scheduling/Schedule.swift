import Graph

/// What remains to be done in a run, and what can be done now.
///
/// It works by demand, from the graph's outputs back. Of a node that something needs, the contents
/// of all inputs are found out first; if the store has a result for these, that settles it.
/// Otherwise the inputs' values are fetched (read, loaded, or already in memory), and it runs. A
/// stored result that turns out to be damaged is demanded anew in the same way.
///
/// A plain state machine: jobs out, completions in. It looks up records, and does nothing else that
/// takes time.
struct Schedule {
  enum Phase {
    /// Nothing has needed it yet.
    case idle
    /// Waits until it is known what its inputs hold.
    case resolving
    /// Has to run, and waits until its inputs are in memory.
    case fetching
    /// Is in the queue of jobs, or at work.
    case underway
    /// What its outputs hold is known.
    case settled
  }

  let wiring: Wiring
  let types: [any Node.Type]
  let scheme: KeyScheme
  let store: Store?
  private let plan: Plan
  private let events: @Sendable (RunEvent) -> Void

  private var phases: [Phase]
  private var records: [Record?]
  private var contentKeys: [ContentKey?]
  /// What the outputs hold, as far as it is known.
  private var contents: [OutputReference: Hash256] = [:]
  private(set) var values: HeldValues
  private var reading: Set<OutputReference> = []
  private var queue: JobQueue

  /// What is to be looked at again, each step making its own follow-ups: no recursion, however long
  /// a chain the graph is.
  private var demanded: [Int] = []
  private var touched: [Int] = []

  /// The first failure; nothing new begins after it.
  private(set) var failure: RunFailure?

  init(
    _ wiring: Wiring, types: [any Node.Type], scheme: KeyScheme, store: Store?, plan: Plan,
    limits: JobQueue.Limits, events: @escaping @Sendable (RunEvent) -> Void
  ) {
    self.wiring = wiring
    self.types = types
    self.scheme = scheme
    self.store = store
    self.plan = plan
    self.events = events
    let count = wiring.nodes.count
    phases = Array(repeating: .idle, count: count)
    records = Array(repeating: nil, count: count)
    contentKeys = Array(repeating: nil, count: count)
    values = HeldValues(wiring, kinds: types.map { $0.kind })
    queue = JobQueue(limits: limits, urgency: wiring.urgencies(in: plan))
    demanded = wiring.targets.map { wiring.position(of: $0.node) }
    settleWhatCanBe()
  }

  /// The next job that may begin now.
  mutating func nextJob() -> Job? {
    failure == nil ? queue.next(holding: values.byteCount) : nil
  }

  /// Takes in what became of a job.
  mutating func take(_ completion: Completion) {
    switch completion {
    case .ran(let index, let result): ran(index, result)
    case .found(let index, let record):
      queue.ended(index)
      found(record, for: index, .content)
    case .busy(let index): queue.postpone(index)
    case .waited(let index): waited(index)
    case .read(let reference, let value): read(reference, value)
    case .failed(let index, let error):
      queue.ended(index)
      fail(index, error)
    }
    if failure == nil { settleWhatCanBe() }
  }

  // MARK: Demand

  private mutating func settleWhatCanBe() {
    while failure == nil {
      if let index = demanded.popLast() {
        demandContents(of: index)
      } else if let index = touched.popLast() {
        advance(index)
      } else {
        return
      }
    }
  }

  private mutating func demandContents(of index: Int) {
    guard phases[index] == .idle else { return }
    if let hit = plan.hits[index] {
      found(hit.record, for: index, hit.reason)
    } else if let record = lookUp(plan.entries[index].key.map(RecordKey.static), for: index) {
      found(record, for: index, .static)
    } else {
      begin(index)
    }
  }

  private mutating func begin(_ index: Int) {
    phases[index] = .resolving
    values.hold(inputsOf: index)
    demanded += wiring.producers[index]
    touched.append(index)
  }

  private mutating func advance(_ index: Int) {
    switch phases[index] {
    case .resolving where wiring.sources[index].allSatisfy({ contents[$0] != nil }): resolve(index)
    case .fetching:
      for source in wiring.sources[index] { demandValue(of: source) }
      if values.hasInputs(of: index) { enqueue(index) }
    default: break
    }
  }

  /// Called when it is known what the inputs hold.
  private mutating func resolve(_ index: Int) {
    let node = wiring.nodes[index]
    do {
      contentKeys[index] = try scheme.contentKey(of: node) { contents[$0] }
    } catch {
      return fail(index, error)
    }
    if types[index].kind == .handle {
      settle(
        index,
        contents: Dictionary(
          uniqueKeysWithValues: node.schema.outputs.map {
            ($0.name, KeyScheme.content(ofPort: $0.name, madeBy: contentKeys[index]))
          }))
    } else if let record = lookUp(contentKeys[index].map(RecordKey.content), for: index) {
      found(record, for: index, .content)
    } else {
      fetch(index)
    }
  }

  private mutating func fetch(_ index: Int) {
    phases[index] = .fetching
    values.hold(inputsOf: index)
    touched.append(index)
  }

  private mutating func demandValue(of reference: OutputReference) {
    guard values[reference] == nil, !reading.contains(reference) else { return }
    let index = wiring.position(of: reference.node)
    guard phases[index] == .settled else { return }
    if let output = records[index]?.outputs[reference.port],
      let type = NodePorts.valueType(ofOutput: reference.port, of: types[index])
    {
      reading.insert(reference)
      queue.add(Read(reference: reference, stored: output, type: type))
    } else if types[index].kind == .handle {
      fetch(index)
    } else {
      begin(index)
    }
  }

  private mutating func enqueue(_ index: Int) {
    do {
      let job = try job(for: index)
      phases[index] = .underway
      queue.add(job)
    } catch {
      fail(index, error)
    }
  }

  private func job(for index: Int) throws -> NodeJob {
    let node = wiring.nodes[index]
    let inputs = try node.inputs.compactMapValues { try $0.argument(from: values) }
    return NodeJob(
      index: index, node: node, type: types[index], inputs: inputs,
      peakBytes: try Invocation(types[index], inputs: inputs).peakBytes,
      staticKey: plan.entries[index].key, contentKey: contentKeys[index],
      files: plan.files.filter { $0.node == node.id })
  }

  // MARK: Outcomes

  private mutating func ran(_ index: Int, _ result: NodeResult) {
    queue.ended(index)
    records[index] = result.record
    for (port, value) in result.values {
      values.arrived(value, for: OutputReference(node: wiring.nodes[index].id, port: port))
    }
    settle(index, contents: result.contents)
    values.letGo(inputsOf: index)
  }

  private mutating func waited(_ index: Int) {
    if let record = lookUp(contentKeys[index].map(RecordKey.content), for: index) {
      queue.ended(index)
      found(record, for: index, .content)
    } else {
      queue.resume(index)
    }
  }

  private mutating func read(_ reference: OutputReference, _ value: (any PortValue)?) {
    reading.remove(reference)
    queue.endedReading()
    let index = wiring.position(of: reference.node)
    if let value {
      values.arrived(value, for: reference)
      touched += wiring.consumers[index]
    } else if phases[index] == .settled {
      records[index] = nil
      begin(index)
    }
  }

  private mutating func found(_ record: Record, for index: Int, _ reason: CacheReason) {
    events(.cached(wiring.nodes[index].id, reason))
    if reason == .content { alias(record, index) }
    records[index] = record
    settle(index, contents: record.outputs.mapValues(\.digest))
    values.letGo(inputsOf: index)
  }

  private mutating func settle(_ index: Int, contents found: [String: Hash256]) {
    phases[index] = .settled
    for (port, digest) in found {
      contents[OutputReference(node: wiring.nodes[index].id, port: port)] = digest
    }
    touched += wiring.consumers[index]
    for target in wiring.targets where wiring.position(of: target.node) == index {
      demandValue(of: target)
    }
  }

  private mutating func fail(_ index: Int, _ error: any Error) {
    guard failure == nil else { return }
    let node = wiring.nodes[index]
    let span = (error as? EvaluationFailure)?.span ?? node.span
    failure = RunFailure(node: node.id, span: span, underlying: error)
  }

  // MARK: The store

  private func lookUp(_ key: RecordKey?, for index: Int) -> Record? {
    guard types[index].kind == .pure, let key else { return nil }
    return store?.record(key)
  }

  /// Lets the next run find by its static key what this one found by content. Where the store
  /// cannot be written, it will be found by content again.
  private func alias(_ record: Record, _ index: Int) {
    guard let key = plan.entries[index].key else { return }
    try? store?.save(record, as: .static(key))
  }
}
