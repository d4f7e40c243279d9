import Synchronization

/// The calls of operators, recorded for whoever traces a run.
///
/// One switch for the process. While it is off, an operator pays for one relaxed load; while it is on,
/// for two readings of the clock and a lock that threads rarely contend for.
public enum KernelTrace {
  fileprivate static let isOn = Atomic(false)
  private static let spans = Mutex<[ThreadID: [KernelSpan]]>([:])

  /// Records from now on, beginning with nothing.
  public static func start() {
    spans.withLock { $0 = [:] }
    isOn.store(true, ordering: .relaxed)
  }

  /// Records no longer, and forgets what nobody took.
  public static func stop() {
    isOn.store(false, ordering: .relaxed)
    spans.withLock { $0 = [:] }
  }

  /// Hands out what a thread has called since this was last asked, each call behind those inside it.
  public static func take(from thread: ThreadID = .current) -> [KernelSpan] {
    spans.withLock { $0.removeValue(forKey: thread) ?? [] }
  }

  @inline(never)
  fileprivate static func record(_ kind: KernelKind, _ shape: Shape, since start: Instant) {
    let span = KernelSpan(kind: kind, shape: shape, start: start, end: .now)
    spans.withLock { $0[.current, default: []].append(span) }
  }

  fileprivate typealias Instant = ContinuousClock.Instant
}

/// Does `body`, and records it where somebody traces. `shape` is only worked out then.
@inline(__always)
func traced<Result>(
  _ kind: KernelKind, _ shape: @autoclosure () -> Shape, _ body: () throws -> Result
) rethrows -> Result {
  guard KernelTrace.isOn.load(ordering: .relaxed) else { return try body() }
  let start = ContinuousClock.now
  defer { KernelTrace.record(kind, shape(), since: start) }
  return try body()
}

extension Tensor {
  /// Allocates, and lets an operator write every element: see `init(_:filledBy:)`.
  ///
  /// - Parameter kind: the operator, for traces; nil for a part of one.
  @inline(__always)
  init(
    _ shape: Shape, by kind: KernelKind?, filledBy fill: (UnsafeMutableBufferPointer<Float>) -> Void
  ) {
    guard let kind else {
      self.init(shape, filledBy: fill)
      return
    }
    self = traced(kind, shape) { Tensor(shape, filledBy: fill) }
  }
}
