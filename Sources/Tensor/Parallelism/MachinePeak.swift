import CKernels

/// What this machine can compute at most.
public enum MachinePeak {
  /// The f32 operations a second of the shared pool's threads, while they only multiply and add in registers. Takes
  /// about a tenth of a second.
  public static func measure() -> Double {
    (0..<attempts).map { _ in attempt() }.max() ?? 0
  }

  /// More items than threads, so that a thread that wakes late delays nobody.
  private static func attempt() -> Double {
    let items = 16 * ThreadPool.shared.threadCount
    let start = ContinuousClock.now
    ThreadPool.shared.forEach(items) { _ in _ = fma_rounds(rounds) }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    return Double(items * fma_rounds(1)) * Double(rounds) / seconds
  }

  /// Many short attempts: on a machine that has other work, some fall between it.
  private static let attempts = 200
  /// Some tens of microseconds of work.
  private static let rounds = 20_000
}
