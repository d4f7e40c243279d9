import CKernels
import Dispatch
import Synchronization

/// One call of `ThreadPool.forEach`: threads take the next item until there is none.
///
/// `@unchecked Sendable`: `body` is only used between `join` and `leave`, and the loop's caller, whose
/// closure it points to, waits until everyone has left.
final class ParallelLoop: @unchecked Sendable {
  let count: Int
  /// Where the threads take memory: where the caller does.
  let arena = CurrentThread.arena
  private let body: UnsafePointer<@Sendable (Int) -> Void>
  private let next = Atomic<Int>(0)
  /// The threads that may still call `body`; the caller is the first.
  private let members = Atomic<Int>(1)
  private let lastHasLeft = DispatchSemaphore(value: 0)

  init(count: Int, body: UnsafePointer<@Sendable (Int) -> Void>) {
    self.count = count
    self.body = body
  }

  var hasItems: Bool { next.load(ordering: .relaxed) < count }

  /// Calls `body` with items that no other thread has taken, until all are taken. Exactly one thread
  /// is told that it was the first to find none left.
  ///
  /// Not inlined, so that whatever it retains of the closure is released when it returns.
  @inline(never)
  func takeItems() -> Bool {
    while true {
      let item = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard item < count else { return item == count }
      body.pointee(item)
    }
  }

  func join() { members.add(1, ordering: .relaxed) }

  func leave() {
    if members.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 { lastHasLeft.signal() }
  }

  /// For the caller, after the last thread has joined.
  func leaveAndWaitForOthers() {
    guard members.subtract(1, ordering: .acquiringAndReleasing).newValue > 0 else { return }
    for _ in 0..<ThreadPool.spinCount {
      if members.load(ordering: .acquiring) == 0 { return }
      kernel_spin_pause()
    }
    lastHasLeft.wait()
  }
}
