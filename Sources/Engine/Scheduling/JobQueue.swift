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
  /// First come, first served; those before `firstRead` have begun.
  private var reads: [Read] = []
  private var firstRead = 0
  private var readCount = 0
  /// What could begin, runs, or waits for another process.
  private var jobs: [Int: NodeJob] = [:]
  private var ready: [NodeKind: Heap<Candidate>] = [.pure: [], .handle: []]
  private var running: [NodeKind: Set<Int>] = [.pure: [], .handle: []]
  /// The peaks of what runs, in bytes.
  private var runningBytes = 0
  private var waits: [Int] = []

  /// A job that could begin. Less urgent: less waits for it, or it stands further down in the file.
  private struct Candidate: Comparable {
    var index: Int
    var urgency: Double

    static func < (a: Self, b: Self) -> Bool { (a.urgency, b.index) < (b.urgency, a.index) }
  }

  init(limits: Limits, urgency: [Double]) {
    self.limits = limits
    self.urgency = urgency
  }

  mutating func add(_ read: Read) { reads.append(read) }

  mutating func add(_ job: NodeJob) {
    jobs[job.index] = job
    ready[job.type.kind]?.insert(Candidate(index: job.index, urgency: urgency[job.index]))
  }

  /// `held`: the memory of the values that are there, in bytes.
  mutating func next(holding held: Int) -> Job? {
    if let index = waits.popLast() { return .wait(index) }
    if let read = nextRead(holding: held) { return .read(read) }
    guard let job = nextNode(.pure, holding: held) ?? nextNode(.handle, holding: held) else {
      return nil
    }
    running[job.type.kind]?.insert(job.index)
    runningBytes = runningBytes.addingSaturated(job.peakBytes)
    return .invoke(job)
  }

  private mutating func nextRead(holding held: Int) -> Read? {
    guard firstRead < reads.count, mayBegin(reads[firstRead], held) else { return nil }
    let read = reads[firstRead]
    firstRead += 1
    readCount += 1
    if firstRead == reads.count {
      reads.removeAll(keepingCapacity: true)
      firstRead = 0
    }
    return read
  }

  /// The most urgent job of a kind that may begin. Only a few of those that are more urgent are passed
  /// over, so that a long queue is not gone through again and again.
  private mutating func nextNode(_ kind: NodeKind, holding held: Int) -> NodeJob? {
    let places = kind == .handle ? limits.reads : limits.nodes
    guard isIdle || running[kind, default: []].count < places else { return nil }
    var passedOver: [Candidate] = []
    defer { if !passedOver.isEmpty { ready[kind]?.insert(contentsOf: passedOver) } }
    while passedOver.count < Self.lookAhead, let candidate = ready[kind]?.popMax() {
      if let job = jobs[candidate.index], mayBegin(job, held) { return job }
      passedOver.append(candidate)
    }
    return nil
  }

  private static let lookAhead = 64

  private var isIdle: Bool { running.values.allSatisfy(\.isEmpty) }

  mutating func endedReading() { readCount -= 1 }

  mutating func ended(_ index: Int) {
    leave(index)
    jobs[index] = nil
  }

  /// Gives up the place of a node that another process computes, and waits for it.
  mutating func postpone(_ index: Int) {
    leave(index)
    waits.append(index)
  }

  /// Ends the wait.
  mutating func resume(_ index: Int) {
    if let job = jobs[index] { add(job) }
  }

  private mutating func leave(_ index: Int) {
    guard let job = jobs[index], running[job.type.kind]?.remove(index) != nil else { return }
    let others = running.values.joined().compactMap { jobs[$0]?.peakBytes }
    runningBytes = others.reduce(0) { $0.addingSaturated($1) }
  }

  /// What is read before it is needed takes no more memory than there is.
  private func mayBegin(_ read: Read, _ held: Int) -> Bool {
    if readCount == 0, isIdle, ready.values.allSatisfy(\.isEmpty) { return true }
    return readCount < limits.reads && held.addingSaturated(read.stored.byteCount) <= limits.memory
  }

  private func mayBegin(_ job: NodeJob, _ held: Int) -> Bool {
    isIdle
      || runningBytes.addingSaturated(job.peakBytes).addingSaturated(held) <= limits.memory
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
