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
  /// By node: how much waits for it.
  private let urgency: [Int]
  private var reads: [Read] = []
  private var readCount = 0
  /// Sorted, the most urgent last.
  private var ready: [NodeJob] = []
  private var running: [Int: NodeJob] = [:]
  /// What other processes are computing.
  private var postponed: [Int: NodeJob] = [:]
  private var waits: [Int] = []

  init(limits: Limits, urgency: [Int]) {
    self.limits = limits
    self.urgency = urgency
  }

  mutating func add(_ read: Read) { reads.insert(read, at: 0) }

  mutating func add(_ job: NodeJob) {
    let position = ready.firstIndex { isLess(job, $0) } ?? ready.endIndex
    ready.insert(job, at: position)
  }

  /// `held`: the memory of the values that are there, in bytes.
  mutating func next(holding held: Int) -> Job? {
    if let index = waits.popLast() { return .wait(index) }
    if let read = reads.last, mayBegin(read, held) {
      reads.removeLast()
      readCount += 1
      return .read(read)
    }
    guard let position = ready.lastIndex(where: { mayBegin($0, held) }) else { return nil }
    let job = ready.remove(at: position)
    running[job.index] = job
    return .invoke(job)
  }

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

  /// Less urgent: less waits for it, or it stands further down in the file.
  private func isLess(_ a: NodeJob, _ b: NodeJob) -> Bool {
    (urgency[a.index], b.index) < (urgency[b.index], a.index)
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
  /// By node: the length of the longest chain of nodes to do that begins with it.
  func urgencies(in plan: Plan) -> [Int] {
    var urgencies = [Int](repeating: 0, count: nodes.count)
    for index in nodes.indices.reversed() {
      let isDone = [.cached, .notNeeded].contains(plan.entries[index].state)
      urgencies[index] =
        isDone ? 0 : 1 + (consumers[index].map { urgencies[$0] }.max() ?? 0)
    }
    return urgencies
  }
}
