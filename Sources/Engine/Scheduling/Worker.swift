import Graph

/// Does jobs.
struct Worker: Sendable {
  let store: Store?
  let files: FileDigests
  let memoryPeak: (@Sendable (_ work: () -> Void) -> Int)?
  let observer: (@Sendable (NodeID, [String: any PortValue]) -> Void)?
  let storing = StoringSwitch()
  let events: @Sendable (RunEvent) -> Void
  /// Tells running nodes to stop.
  let cancellation: CancellationFlag

  init(
    store: Store?, files: FileDigests, memoryPeak: (@Sendable (_ work: () -> Void) -> Int)?,
    observer: (@Sendable (NodeID, [String: any PortValue]) -> Void)?,
    cancellation: CancellationFlag,
    events: @escaping @Sendable (RunEvent) -> Void
  ) {
    self.store = store
    self.files = files
    self.memoryPeak = memoryPeak
    self.observer = observer
    self.cancellation = cancellation
    self.events = events
  }

  /// How long to wait for another process before looking again, in seconds.
  static let patience = 0.02

  /// Does a job, to its end.
  func perform(_ job: Job) -> Completion {
    switch job {
    case .invoke(let job): return invoke(job, cancellation)
    case .read(let read):
      let start = ContinuousClock.now
      let value = value(of: read)
      let seconds = start.duration(to: .now) / .seconds(1)
      events(.read(read.reference.node, seconds: seconds, bytes: read.stored.byteCount))
      return .read(read.reference, value)
    case .wait(let index): return .waited(index)
    }
  }

  /// Runs a node while holding the lock of its key.
  private func invoke(_ job: NodeJob, _ cancellation: CancellationFlag) -> Completion {
    guard let key = job.recordKeys.first, let store else { return run(job, cancellation) }
    switch KeyLock.attempt(at: store.layout.lock(key)) {
    case .busy: return .busy(job.index)
    case .impossible: return run(job, cancellation)
    case .held(let lock):
      defer { lock.release() }
      if let record = store.record(key) { return .found(job.index, record) }
      return run(job, cancellation)
    }
  }

  private func run(_ job: NodeJob, _ cancellation: CancellationFlag) -> Completion {
    do {
      if cancellation.isSet { throw CancellationError() }
      let id = job.node.id
      events(.started(id))
      let context = RunContext(
        node: id, isCancelled: { cancellation.isSet },
        progress: { events(.step(id, step: $0, count: $1, preview: $2)) },
        noted: { events(.note($0)) })
      let (values, cost) = try measured(job) {
        try Invocation(job.type, inputs: job.inputs).run(context)
      }
      try checkUnchanged(job.files)
      observer?(id, values)
      let result = keep(values, of: job, cost: cost)
      events(
        job.type.kind == .handle
          ? .loaded(id, seconds: cost.seconds)
          : .finished(
            id, seconds: cost.seconds, bytes: values.values.reduce(0) { $0 + $1.byteCount },
            peakBytes: cost.peakBytes))
      return .ran(job.index, result)
    } catch {
      return .failed(job.index, error)
    }
  }

  /// Runs a node, and says what it took.
  private func measured<Result>(
    _ job: NodeJob, _ run: () throws -> Result
  ) throws -> (Result, NodeCost) {
    let start = ContinuousClock.now
    var result: Swift.Result<Result, any Error>?
    func work() { result = Swift.Result { try run() } }
    var peakBytes = job.peakBytes
    if let memoryPeak { peakBytes = memoryPeak(work) } else { work() }
    guard let result else { throw CancellationError() }
    let seconds = start.duration(to: .now) / .seconds(1)
    return (try result.get(), NodeCost(seconds: seconds, peakBytes: peakBytes))
  }

  /// What a node read from a file that is no longer the one in its key must not get that key.
  private func checkUnchanged(_ uses: [FileUse]) throws {
    for use in uses where (try? files.digest(of: use.path.resolved)) != use.digest {
      throw ChangedInput(port: use.port, path: use.path)
    }
  }

  /// Puts a node's outputs into the store, as far as they can be stored.
  private func keep(
    _ values: [String: any PortValue], of job: NodeJob, cost: NodeCost
  ) -> NodeResult {
    let names = Dictionary(
      uniqueKeysWithValues: values.keys.map {
        ($0, KeyScheme.content(ofPort: $0, madeBy: job.contentKey))
      })
    var result = NodeResult(values: values, contents: names, cost: cost)
    guard let store, job.type.kind == .pure, storing.isOn else { return result }
    let start = ContinuousClock.now
    do {
      guard let outputs = try values.mapValuesIfAll({ try $0.stored(in: store) }) else {
        return result
      }
      let record = Record(
        node: job.node.schema.name, outputs: outputs, seconds: cost.seconds,
        created: FileStamp.now() / 1_000_000_000)
      for key in job.recordKeys { try store.save(record, as: key) }
      events(
        .stored(
          job.node.id, seconds: start.duration(to: .now) / .seconds(1),
          bytes: outputs.values.reduce(0) { $0 + $1.byteCount }))
      result.contents = outputs.mapValues(\.digest)
      result.record = job.recordKeys.isEmpty ? nil : record
    } catch {
      storing.turnOff {
        events(
          .note(
            "the cache folder \(store.folder) cannot be written (\(error)): going on without it"))
      }
    }
    return result
  }

  private func value(of read: Read) -> (any PortValue)? {
    let value = store?.value(of: read)
    if let value { observer?(read.reference.node, [read.reference.port: value]) }
    return value
  }
}

extension Store {
  /// A stored value; nil for what does not read as one, which is not trusted again.
  func value(of read: Read) -> (any PortValue)? {
    guard let bytes = object(read.stored) else { return nil }
    if let value = try? read.type.decoded(from: bytes) { return value }
    distrust(read.stored.digest)
    return nil
  }
}

extension PortValue {
  /// Nil for what is never stored.
  fileprivate func stored(in store: Store) throws -> Record.Output? {
    guard isStorable else { return nil }
    return try Self.storage.map { try store.save(object: $0.encode(self)) }
  }

  fileprivate static func decoded(from bytes: [UInt8]) throws -> (any PortValue)? {
    try bytes.withUnsafeBytes { try storage?.decode($0) }
  }
}

extension Dictionary {
  /// Nil when `transform` is for one of the values.
  fileprivate func mapValuesIfAll<Result>(
    _ transform: (Value) throws -> Result?
  ) rethrows -> [Key: Result]? {
    let results = try compactMapValues(transform)
    return results.count == count ? results : nil
  }
}
