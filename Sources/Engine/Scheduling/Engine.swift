import Graph

/// How an engine goes about its work.
public struct EngineOptions: Sendable {
  /// How many nodes run at once. Their kernels share one pool of threads in any case.
  public var concurrency: Int
  /// What values in memory and running nodes may take, in bytes. One node always runs.
  public var memoryBudget: Int
  /// A word for all that changes what kernels compute, such as the precision: part of every key.
  public var numericMode: String
  /// Whether what does not depend on a failed node is finished.
  public var keepsGoing: Bool
  /// Does some work; gives the most memory that it has held at once on this thread, in bytes. What is
  /// measured once takes the place of a node's own estimate the next time.
  public var memoryPeak: (@Sendable (_ work: () -> Void) -> Int)?
  /// Sees the values of a node's outputs, by port, when they are computed or read from the store. Called
  /// from several threads, and waited for.
  public var observer: (@Sendable (NodeID, [String: any PortValue]) -> Void)?

  /// Two nodes at once, in all the memory there is, at full precision.
  public init(
    concurrency: Int = 2, memoryBudget: Int = .max, numericMode: String = "f32",
    keepsGoing: Bool = false, memoryPeak: (@Sendable (_ work: () -> Void) -> Int)? = nil,
    observer: (@Sendable (NodeID, [String: any PortValue]) -> Void)? = nil
  ) {
    self.concurrency = concurrency
    self.memoryBudget = memoryBudget
    self.numericMode = numericMode
    self.keepsGoing = keepsGoing
    self.memoryPeak = memoryPeak
    self.observer = observer
  }
}

/// Plans and runs checked graphs.
public struct Engine: Sendable {
  let library: NodeLibrary
  let store: Store?
  let options: EngineOptions

  /// `store`: where results are looked for and kept; nil for nowhere.
  public init(library: NodeLibrary, store: Store?, options: EngineOptions = EngineOptions()) {
    self.library = library
    self.store = store
    self.options = options
  }

  /// What a run would do. `hashing` is told of files that are read for that. Throws `RunFailure` when a file
  /// cannot be read or the library lacks a kind of node.
  public func plan(
    _ graph: CheckedGraph, hashing: @escaping @Sendable (HashingProgress) -> Void = { _ in }
  ) throws -> Plan {
    try prepare(graph, hashing: hashing).plan
  }

  /// The outputs of a planned node as far as they are in the store, by port.
  public func storedValues(of entry: PlanEntry) -> [String: any PortValue] {
    guard let store, let key = entry.key, let type = library[entry.uses],
      let record = store.record(.static(key))
    else { return [:] }
    return record.outputs.reduce(into: [:]) { values, output in
      guard let valueType = NodePorts.valueType(ofOutput: output.key, of: type) else { return }
      let reference = OutputReference(node: entry.node, port: output.key)
      values[output.key] = store.value(
        of: Read(reference: reference, stored: output.value, type: valueType))
    }
  }

  /// Runs what is not in the store, and gives the graph's outputs.
  ///
  /// `events` is called from several threads, of one node's events in order. Throws `RunFailure`, the
  /// first one, unless the engine keeps going; `CancellationError` when the task is cancelled, which
  /// running nodes notice at their next step. What was finished by then is in the store.
  public func run(
    _ graph: CheckedGraph, events: @escaping @Sendable (RunEvent) -> Void = { _ in }
  ) async throws -> RunResult {
    try await run(graph, parts: [graph], events)
  }

  private func run(
    _ graph: CheckedGraph, parts: [CheckedGraph], _ events: @escaping @Sendable (RunEvent) -> Void
  ) async throws -> RunResult {
    let start = ContinuousClock.now
    let prepared: Prepared
    do {
      prepared = try prepare(graph) { events(.hashing($0)) }
    } catch let failure as RunFailure {
      events(.failed(failure.node, reason: failure.reason))
      throw failure
    }
    events(.planned(PlanSummary(prepared.plan)))
    let result = try await execute(prepared, parts, events)
    events(.completed(seconds: start.duration(to: .now) / .seconds(1)))
    return result
  }

  /// Runs several graphs as one: models are opened once, what two of them compute is computed once.
  /// Gives the outputs of each. The graphs' nodes have different names: see `CheckedGraph.labelled`.
  public func run(
    _ graphs: [CheckedGraph], events: @escaping @Sendable (RunEvent) -> Void = { _ in }
  ) async throws -> [RunResult] {
    try await run(CheckedGraph(joining: graphs), parts: graphs, events).split(among: graphs)
  }

  struct Prepared {
    var wiring: Wiring
    var types: [any Node.Type]
    var scheme: KeyScheme
    var plan: Plan
  }

  func prepare(
    _ graph: CheckedGraph, hashing: @escaping @Sendable (HashingProgress) -> Void = { _ in }
  ) throws -> Prepared {
    let scheme = KeyScheme(
      numericMode: options.numericMode,
      files: FileDigests(table: store?.fileTable, progress: hashing))
    var types = try graph.nodes.map { try type(of: $0) }
    var wiring = Wiring(graph)
    var keys = try StaticKeys(of: wiring, by: scheme)
    // A table that cannot be kept means reading the files again next time, and nothing else.
    try? scheme.files.save()
    let duplicates = keys.duplicates(in: wiring)
    if !duplicates.isEmpty {
      keys.remove(duplicates, from: wiring)
      types = zip(graph.nodes, types).filter { duplicates[$0.0.id] == nil }.map(\.1)
      wiring = Wiring(graph.merging(duplicates))
    }
    var plan = try Planner.plan(
      wiring, kinds: types.map { $0.kind }, keys: keys, scheme: scheme, store: store)
    if !duplicates.isEmpty { plan.add(graph.nodes, sameAs: duplicates) }
    return Prepared(wiring: wiring, types: types, scheme: scheme, plan: plan)
  }

  private func type(of node: CheckedNode) throws -> any Node.Type {
    guard let type = library[node.schema.name] else {
      throw RunFailure(
        node: node.id, span: node.span, underlying: UnknownNodeKind(name: node.schema.name))
    }
    return type
  }

  private func execute(
    _ prepared: Prepared, _ parts: [CheckedGraph], _ events: @escaping @Sendable (RunEvent) -> Void
  ) async throws -> RunResult {
    let cancellation = CancellationFlag()
    let worker = Worker(
      store: store, files: prepared.scheme.files, memoryPeak: options.memoryPeak,
      observer: options.observer, cancellation: cancellation, events: events)
    let crew = Crew(
      Schedule(
        prepared.wiring, types: prepared.types, scheme: prepared.scheme, store: store,
        plan: prepared.plan, keepsGoing: options.keepsGoing,
        limits: .init(nodes: max(1, options.concurrency), memory: options.memoryBudget),
        events: events),
      worker: worker, store: store, cancellation: cancellation)
    let schedule = await withTaskCancellationHandler {
      await crew.finish()
    } onCancel: {
      cancellation.set()
    }
    schedule.costs.save()
    store?.keepToLimit(always: true)
    try Task.checkCancellation()
    if !options.keepsGoing, let failure = schedule.failures.first { throw failure }
    schedule.remember(parts)
    return try RunResult(
      prepared.wiring.outputs, bindings: schedule.results, from: schedule.values,
      files: prepared.plan.files, failures: schedule.failures)
  }
}

/// A kind of node that a graph uses and the library does not have.
public struct UnknownNodeKind: Error, Hashable, Sendable, CustomStringConvertible {
  /// The word after `uses:`.
  public var name: String

  /// Names the kind.
  public var description: String { "there is no kind of node called `\(name)`" }
}
