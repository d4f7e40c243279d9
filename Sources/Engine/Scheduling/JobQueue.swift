import HeapModule

/// The jobs that could begin, and the decision which of them does.
///
/// Nodes go by urgency, and only as many at once as there are places and as the memory allows; but
/// one always runs. Reading from the store and loading handles go on beside them.
struct JobQueue {
  struct Limits: Sendable {
    /// How many nodes run at once.
    var nodes: Int
    /// How many handles and stored values are read at once.
    var reads = 2
    /// For the values in memory and the peaks of what runs, in bytes.
    var memory: Int
  }

  private let limits: Limits
  /// By node: the time that what waits for it will take, with its own.
  private let urgency: [Double]
  private var reads: [Read] = []
  private var readCount = 0
  private var ready = Heap<Candidate>()
  private var running: [Int: NodeJob] = [:]
  /// What other processes are computing.
  private var postponed: [Int: NodeJob] = [:]
  private var waits: [Int] = []

  /// A job that could begin. Less urgent: less waits for it, or it stands further down in the file.
  private struct Candidate: Comparable {
    var job: NodeJob
    var urgency: Double

    static func < (a: Self, b: Self) -> Bool {
      (a.urgency, b.job.index) < (b.urgency, a.job.index)
    }

    static func == (a: Self, b: Self) -> Bool { a.job.index == b.job.index }
  }

  init(limits: Limits, urgency: [Double]) {
    self.limits = limits
    self.urgency = urgency
  }

  mutating func add(_ read: Read) { reads.insert(read, at: 0) }

  mutating func add(_ job: NodeJob) {
    ready.insert(Candidate(job: job, urgency: urgency[job.index]))
  }

  /// `held`: the memory of the values that are there, in bytes.
  mutating func next(holding held: Int) -> Job? {
    if let index = waits.popLast() { return .wait(index) }
    if let read = reads.last, mayBegin(read, held) {
      reads.removeLast()
      readCount += 1
      return .read(read)
    }
    guard let job = nextNode(holding: held) else { return nil }
    running[job.index] = job
    return .invoke(job)
  }

  /// The most urgent job that may begin. Only a few of those that are more urgent are passed over, so that
  /// a long queue is not gone through again and again.
  private mutating func nextNode(holding held: Int) -> NodeJob? {
    var passedOver: [Candidate] = []
    defer { ready.insert(contentsOf: passedOver) }
    while passedOver.count < Self.lookAhead, let candidate = ready.popMax() {
      if mayBegin(candidate.job, held) { return candidate.job }
      passedOver.append(candidate)
    }
    return nil
  }

  private static let lookAhead = 64

  mutating func endedReading() { readCount -= 1 }

  mutating func ended(_ index: Int) {
    running[index] = nil
    postponed[index] = nil
  }

  /// Gives up the place of a node that another process computes, and waits for it.
  mutating func postpone(_ index: Int) {
    postponed[index] = running.removeValue(forKey: index)
    waits.append(index)
  }

  /// Ends the wait.
  mutating func resume(_ index: Int) {
    if let job = postponed.removeValue(forKey: index) { add(job) }
  }

  /// What is read before it is needed takes no more memory than there is.
  private func mayBegin(_ read: Read, _ held: Int) -> Bool {
    if readCount == 0 && running.isEmpty && ready.isEmpty { return true }
    return readCount < limits.reads && held.addingSaturated(read.stored.byteCount) <= limits.memory
  }

  private func mayBegin(_ job: NodeJob, _ held: Int) -> Bool {
    if running.isEmpty { return true }
    let isHandle = job.type.kind == .handle
    let alike = running.values.filter { ($0.type.kind == .handle) == isHandle }
    let needed = running.values.reduce(job.peakBytes) { $0.addingSaturated($1.peakBytes) }
    return alike.count < (isHandle ? limits.reads : limits.nodes)
      && needed.addingSaturated(held) <= limits.memory
  }
}

extension Int {
  /// The sum, or the greatest number where that would be greater.
  fileprivate func addingSaturated(_ other: Int) -> Int {
    let (sum, overflows) = addingReportingOverflow(other)
    return overflows ? .max : sum
  }
}

extension Wiring {
  /// By node: the time that the longest chain of nodes to do takes which begins with it.
  func urgencies(in plan: Plan, by costs: CostTable) -> [Double] {
    var urgencies = [Double](repeating: 0, count: nodes.count)
    for index in nodes.indices.reversed() {
      if [.cached, .notNeeded].contains(plan.states[index]) { continue }
      let rest = consumers[index].map { urgencies[$0] }.max() ?? 0
      urgencies[index] = (costs[index]?.seconds ?? Self.unknownSeconds) + rest
    }
    return urgencies
  }

  /// What a node is thought to take that has not been seen before.
  private static let unknownSeconds = 0.1
}
