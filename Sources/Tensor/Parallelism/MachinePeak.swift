import CKernels
import Glibc
import Synchronization

/// What this machine can compute at most.
public enum MachinePeak {
  /// The f32 operations a second of the shared pool's threads, while all of them only multiply and add in registers.
  /// Takes about a tenth of a second.
  ///
  /// Held against the processor time of the threads, not the time that passes: on a machine that has other work too,
  /// this is still what it could do.
  public static func measure() -> Double {
    (0..<attempts).map { _ in attempt() }.max() ?? 0
  }

  private static func attempt() -> Double {
    let threads = ThreadPool.shared.threadCount
    let items = itemsPerThread * threads
    let nanoseconds = Atomic<Int>(0)
    ThreadPool.shared.forEach(items) { _ in
      let start = processorTime()
      _ = fma_rounds(rounds)
      nanoseconds.add(processorTime() - start, ordering: .relaxed)
    }
    let operations = Double(items * rounds * fma_rounds(1))
    return operations / Double(max(nanoseconds.load(ordering: .relaxed), 1)) * 1e9 * Double(threads)
  }

  /// Of the calling thread, in nanoseconds.
  private static func processorTime() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }

  private static let attempts = 50
  /// More items than threads, so that a thread that wakes late still takes part.
  private static let itemsPerThread = 8
  /// Some hundred microseconds of work.
  private static let rounds = 100_000
}
