import Glibc
import Synchronization

/// What transformed weights of convolutions may take together.
///
/// Winograd's factors of a weight take 1.8 or 4 times its room in f32. Kept, they cost nothing at the next call;
/// where they do not fit, each call makes them anew, panel by panel, which costs a tenth of its time and no
/// memory. Results are the same.
public final class FactorBudget: Sendable {
  /// What all models of the process share: a thirty-second of the machine's memory at first.
  public static let shared = FactorBudget(
    byteCount: sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE)) / 32)

  /// Keeps nothing.
  public static let nothing = FactorBudget(byteCount: 0)

  private let limit: Atomic<Int>
  private let spent = Atomic<Int>(0)

  init(byteCount: Int) { limit = Atomic(byteCount) }

  /// Sets the limit, in bytes. What is kept already stays.
  public func setLimit(_ byteCount: Int) { limit.store(byteCount, ordering: .relaxed) }

  /// Takes so many bytes of the budget, unless it has not got them.
  func reserve(_ byteCount: Int) -> Bool {
    let total = spent.add(byteCount, ordering: .relaxed).newValue
    guard total > limit.load(ordering: .relaxed) else { return true }
    release(byteCount)
    return false
  }

  func release(_ byteCount: Int) { spent.subtract(byteCount, ordering: .relaxed) }
}
