import Graph

/// What remains to be done in a run, and what can be done now.
///
/// It works by demand, from the graph's outputs back. Of a node that something needs, the choices are made
/// first, so that nothing is demanded which they leave out. Then the contents of all inputs are found out; if the store has a result for these, that settles it.
/// Otherwise the inputs' values are fetched (read, loaded, or already in memory), and it runs. A
/// stored result that turns out to be damaged is demanded anew in the same way.
///
/// A plain state machine: jobs out, completions in. It looks up records, and does nothing else that
/// takes time.
struct Schedule {
  enum Phase {
    /// Nothing has needed it yet.
    case idle
    /// Waits for the values that its choices depend on.
    case deciding
    /// Waits until it is known what its inputs hold.
    case resolving
    /// Has to run, and waits until its inputs are in memory.
    case fetching
    /// Is in the queue of jobs, or at work.
    case underway
    /// What its outputs hold is known.
    case settled
    /// It has no result, and what needs it will have none.
    case failed
  }

  let wiring: Wiring
  let types: [any Node.Type]
  let scheme: KeyScheme
  let store: Store?
  let plan: Plan
  let files: [NodeID: [FileUse]]
  let events: @Sendable (RunEvent) -> Void

  /// The nodes, with the choices made that could be.
  var nodes: [CheckedNode]
  /// By node: what it takes from others, once its choices are made.
  var sources: [[OutputReference]]
  var phases: [Phase]
  var records: [Record?]
  var contentKeys: [ContentKey?]
  /// What the outputs hold, as far as it is known.
  var contents: [OutputReference: Hash256] = [:]
  var values: HeldValues
  /// What was last told of them.
  private var toldByteCount = 0
  var reading: Set<OutputReference> = []
  var queue: JobQueue

  /// By node: its outputs that the graph hands out, or that decide which these are.
  var targets: [[OutputReference]]
  /// The graph's outputs whose choices are not made yet.
  var undecided: [Int] = []
  /// What the graph's outputs are bound to, the choices made; nil for what is not handed out.
  var results: [Binding?]

  /// What is to be looked at again, each step making its own follow-ups: no recursion, however long
  /// a chain the graph is.
  var demanded: [Int] = []
  var touched: [Int] = []

  /// What has failed.
  var failures: [RunFailure] = []
  /// Whether what does not depend on a failure is finished.
  let keepsGoing: Bool
  /// What nodes cost in earlier runs, and in this one.
  var costs: CostTable

  init(
    _ wiring: Wiring, types: [any Node.Type], scheme: KeyScheme, store: Store?, plan: Plan,
    keepsGoing: Bool, limits: JobQueue.Limits, events: @escaping @Sendable (RunEvent) -> Void
  ) {
    self.wiring = wiring
    self.types = types
    self.scheme = scheme
    self.store = store
    self.plan = plan
    files = Dictionary(grouping: plan.files, by: \.node)
    self.events = events
    self.keepsGoing = keepsGoing
    nodes = wiring.nodes
    sources = wiring.sources
    let count = wiring.nodes.count
    phases = Array(repeating: .idle, count: count)
    records = Array(repeating: nil, count: count)
    contentKeys = Array(repeating: nil, count: count)
    values = HeldValues(wiring, kinds: types.map { $0.kind })
    costs = CostTable(wiring, plan: plan, store: store)
    queue = JobQueue(limits: limits, urgency: wiring.urgencies(in: plan, by: costs))
    targets = Array(repeating: [], count: count)
    results = wiring.outputs.map(\.binding)
    undecided = Array(results.indices)
    settleWhatCanBe()
  }

  /// The next job that may begin now.
  mutating func nextJob() -> Job? {
    isStopped ? nil : queue.next(holding: values.byteCount)
  }

  /// Whether nothing new begins, because of a failure.
  var isStopped: Bool { !keepsGoing && !failures.isEmpty }

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
    if !isStopped { settleWhatCanBe() }
    if values.byteCount != toldByteCount {
      toldByteCount = values.byteCount
      events(.holding(bytes: toldByteCount))
    }
  }
}
