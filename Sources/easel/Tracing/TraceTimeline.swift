import Engine
import Graph
import Tensor

/// Makes the entries of a trace from a run's events and from the operators that ran between them.
///
/// A node runs on one thread from its start to its end; what that thread calls meanwhile is the node's.
struct TraceTimeline {
  private struct OpenNode {
    var node: NodeID
    var thread: ThreadID
    var lane: Int
    var start: Int
    /// Where the step that goes on began.
    var stepStart: Int
  }

  private(set) var entries: [TraceEntry] = []
  private var running: [OpenNode] = []
  private var nodeLanes = TraceLanes()
  private var readLanes = TraceLanes()
  private var otherLanes = TraceLanes()

  /// Takes an event in that reached this thread at `time`.
  mutating func take(_ event: RunEvent, at time: Int, on thread: ThreadID) {
    switch event {
    case .hashing(let progress):
      if progress.isDone { mark("\(progress.name) hashed", .run, at: time) }
    case .planned:
      add("check and plan", .run, on: .run, 0..<time)
    case .started(let node):
      // What failed in a run that goes on has told nobody that it ended.
      if let left = running.first(where: { $0.thread == thread }) { close(left.node, at: time) }
      let lane = nodeLanes.take(from: time)
      running.append(
        OpenNode(node: node, thread: thread, lane: lane, start: time, stepStart: time))
    case .step(let node, let step, let count, _):
      finish(step, of: count, by: node, at: time)
    case .stored(let node, let seconds, let bytes):
      guard let open = running.first(where: { $0.node == node }) else { return }
      let start = max(open.stepStart, time - nanoseconds(seconds))
      add(
        "write to cache", .cache, on: .nodes(open.lane), start..<time, [("bytes", .number(bytes))])
    case .read(let node, let seconds, let bytes):
      let span = max(0, time - nanoseconds(seconds))..<time
      add(
        "read \(node)", .cache, on: .reads(readLanes.place(span)), span, [("bytes", .number(bytes))]
      )
    case .cached(let node, let reason):
      mark("\(node) cached", .cache, at: time, [("how", .text(reason.rawValue))])
    case .loaded(let node, _):
      close(node, at: time)
    case .finished(let node, _, let bytes, let peakBytes):
      close(node, at: time, [("bytes", .number(bytes)), ("peak_bytes", .number(peakBytes))])
    case .failed(let node, let reason):
      close(node, at: time, [("failed", .text(reason))])
      mark("\(node) failed", .run, at: time, [("reason", .text(reason))])
    case .note(let text):
      mark(text, .run, at: time)
    case .completed:
      mark("completed", .run, at: time)
    case .holding(let bytes):
      count("held values", bytes, at: time)
    }
  }

  /// Takes in what a thread has called since this was last asked; times are counted from `start`.
  mutating func take(
    _ kernels: [KernelSpan], of thread: ThreadID, since start: ContinuousClock.Instant
  ) {
    guard !kernels.isEmpty else { return }
    let spans = kernels.map { kernel in
      (
        kernel,
        nanoseconds(start.duration(to: kernel.start))..<nanoseconds(start.duration(to: kernel.end))
      )
    }
    let track = track(of: thread, spans.map(\.1))
    for (kernel, span) in spans {
      add(
        kernel.kind.rawValue, .kernel, on: track, span, [("shape", .text("\(kernel.shape)"))])
    }
  }

  /// Adds what memory a process had at a time, in bytes.
  mutating func count(_ name: String, _ bytes: Int, at time: Int) {
    entries.append(
      TraceEntry(
        phase: .counter, name: name, track: .run, time: time..<time,
        arguments: [("bytes", .number(bytes))]))
  }

  /// Ends whatever is still going on: a run that failed or was interrupted says nothing of its other nodes.
  mutating func end(at time: Int) {
    for open in running { close(open.node, at: time, [("ended", .text("early"))]) }
    add("run", .run, on: .run, 0..<time)
  }

  /// The threads with a node on them.
  var threads: [ThreadID] { running.map(\.thread) }

  private mutating func finish(_ step: Int, of count: Int, by node: NodeID, at time: Int) {
    guard let index = running.firstIndex(where: { $0.node == node }) else { return }
    add(
      "step \(step) of \(count)", .step, on: .nodes(running[index].lane),
      running[index].stepStart..<time, [("step", .number(step)), ("count", .number(count))])
    running[index].stepStart = time
  }

  private mutating func close(
    _ node: NodeID, at time: Int, _ arguments: [(String, TraceArgument)] = []
  ) {
    guard let index = running.firstIndex(where: { $0.node == node }) else { return }
    let open = running.remove(at: index)
    nodeLanes.release(open.lane, at: time)
    add("\(node)", .node, on: .nodes(open.lane), open.start..<time, arguments)
  }

  private mutating func track(of thread: ThreadID, _ spans: [Range<Int>]) -> TraceTrack {
    if let open = running.first(where: { $0.thread == thread }) { return .nodes(open.lane) }
    let start = spans.map(\.lowerBound).min() ?? 0
    let end = spans.map(\.upperBound).max() ?? start
    return .others(otherLanes.place(max(0, start)..<max(0, end)))
  }

  private mutating func add(
    _ name: String, _ category: TraceCategory, on track: TraceTrack, _ time: Range<Int>,
    _ arguments: [(String, TraceArgument)] = []
  ) {
    entries.append(
      TraceEntry(
        phase: .complete, name: name, category: category, track: track, time: time,
        arguments: arguments))
  }

  private mutating func mark(
    _ name: String, _ category: TraceCategory, at time: Int,
    _ arguments: [(String, TraceArgument)] = []
  ) {
    entries.append(
      TraceEntry(
        phase: .instant, name: name, category: category, track: .run, time: time..<time,
        arguments: arguments))
  }
}

/// A duration that is not below zero, in nanoseconds.
func nanoseconds(_ duration: Duration) -> Int {
  let (seconds, attoseconds) = duration.components
  return max(0, Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000))
}

private func nanoseconds(_ seconds: Double) -> Int { Int((seconds * 1e9).rounded(.down)) }
