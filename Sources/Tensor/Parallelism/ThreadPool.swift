import CKernels
import Dispatch
import Glibc
import Synchronization

/// Threads that share the work of parallel loops.
///
/// A loop's caller works on it too, so a loop always proceeds. A loop inside a loop runs on the
/// thread that meets it. Several threads may run loops at the same time.
public final class ThreadPool: Sendable {
  /// The pool that all operators use, with one thread for each processor at first.
  public static let shared = ThreadPool(threadCount: sysconf(Int32(_SC_NPROCESSORS_ONLN)))

  /// The numbers of threads that a pool can have.
  public static let threadCounts = 1...64

  private struct State {
    var loops: [ParallelLoop] = []
    /// Workers that exist or are about to, and those of them that wait for `wakeUps`.
    var workers = 0
    var sleepers = 0
  }

  private let state = Mutex(State())
  private let wakeUps = DispatchSemaphore(value: 0)
  private let size: Atomic<Int>
  /// The number of loops that still have items to take: what an idle worker watches.
  private let openLoops = Atomic<Int>(0)

  init(threadCount: Int) {
    size = Atomic(1)
    setThreadCount(threadCount)
  }

  /// The number of threads that work on a loop, its caller included.
  public var threadCount: Int { size.load(ordering: .relaxed) }

  /// Changes the number of threads; it is brought into `threadCounts` first. No result depends on it.
  public func setThreadCount(_ count: Int) {
    let count = min(max(count, Self.threadCounts.lowerBound), Self.threadCounts.upperBound)
    let (missing, sleepers) = state.withLock { state in
      size.store(count, ordering: .relaxed)
      let missing = max(count - 1 - state.workers, 0)
      let sleepers = state.sleepers
      state.workers += missing
      state.sleepers = 0
      return (missing, sleepers)
    }
    for _ in 0..<sleepers { wakeUps.signal() }
    for _ in 0..<missing { startWorker() }
  }

  /// Calls `body` once with each of `0..<count`, in no particular order and on several threads, and
  /// returns when all calls have returned.
  public func forEach(_ count: Int, _ body: @Sendable (Int) -> Void) {
    guard count > 1, threadCount > 1, !CurrentThread.isInLoop else {
      for index in 0..<count { body(index) }
      return
    }
    withoutActuallyEscaping(body) { body in
      withUnsafePointer(to: body) { run(ParallelLoop(count: count, body: $0)) }
    }
  }

  private func run(_ loop: ParallelLoop) {
    open(loop)
    CurrentThread.whileInLoop { work(on: loop) }
    loop.leaveAndWaitForOthers()
  }

  private func open(_ loop: ParallelLoop) {
    let wakeUpCount = state.withLock { state in
      state.loops.append(loop)
      openLoops.add(1, ordering: .relaxed)
      let count = min(state.sleepers, loop.count - 1)
      state.sleepers -= count
      return count
    }
    for _ in 0..<wakeUpCount { wakeUps.signal() }
  }

  private func work(on loop: ParallelLoop) {
    guard loop.takeItems() else { return }
    state.withLock { state in
      state.loops.removeAll { $0 === loop }
      openLoops.subtract(1, ordering: .relaxed)
    }
  }

  // MARK: - Workers

  private func startWorker() {
    let pool = Unmanaged.passRetained(self).toOpaque()
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { pool in
        if let pool { Unmanaged<ThreadPool>.fromOpaque(pool).takeRetainedValue().work() }
        return nil
      }, pool)
    guard status == 0 else {
      // The system gives no more threads: the pool works with those that it has.
      Unmanaged<ThreadPool>.fromOpaque(pool).release()
      state.withLock { $0.workers -= 1 }
      return
    }
    pthread_detach(thread)
  }

  /// A worker's life.
  private func work() {
    CurrentThread.whileInLoop {
      while let loop = nextLoop() {
        CurrentThread.with(loop.arena) { work(on: loop) }
        loop.leave()
      }
    }
  }

  private enum Step { case join(ParallelLoop), sleep, retire }

  private func nextLoop() -> ParallelLoop? {
    while true {
      spin()
      switch nextStep() {
      case .join(let loop): return loop
      case .sleep: wakeUps.wait()
      case .retire: return nil
      }
    }
  }

  private func nextStep() -> Step {
    state.withLock { state in
      if state.workers >= threadCount {
        state.workers -= 1
        return .retire
      }
      if let loop = state.loops.first(where: \.hasItems) {
        loop.join()
        return .join(loop)
      }
      state.sleepers += 1
      return .sleep
    }
  }

  /// Watches for a new loop for a short while: waking a sleeping thread takes longer than many a
  /// loop does.
  private func spin() {
    var rounds = 0
    while openLoops.load(ordering: .relaxed) == 0, rounds < Self.spinCount {
      kernel_spin_pause()
      rounds += 1
    }
  }

  /// Some tens of microseconds.
  static let spinCount = 1000
}
