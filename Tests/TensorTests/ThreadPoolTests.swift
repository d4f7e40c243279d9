import Synchronization
import Testing

@testable import Tensor

@Suite struct ThreadPoolTests {
  /// How often each of `count` items was visited by one loop.
  private func visits(_ pool: ThreadPool, _ count: Int) -> [Int] {
    let visits = Mutex([Int](repeating: 0, count: count))
    pool.forEach(count) { index in visits.withLock { $0[index] += 1 } }
    return visits.withLock { $0 }
  }

  @Test(arguments: [1, 2, 3, 8], [0, 1, 2, 7, 1000])
  func visitsEachItemOnce(threads: Int, count: Int) {
    let pool = ThreadPool(threadCount: threads)
    #expect(visits(pool, count) == [Int](repeating: 1, count: count))
    pool.setThreadCount(1)
  }

  @Test func usesSeveralThreads() {
    let pool = ThreadPool(threadCount: 3)
    let arrivals = Atomic<Int>(0)
    // Ends only if three threads are inside at once.
    pool.forEach(3) { _ in
      arrivals.add(1, ordering: .relaxed)
      while arrivals.load(ordering: .relaxed) < 3 {}
    }
    pool.setThreadCount(1)
  }

  @Test func nestedLoopsRunOnTheirThread() {
    let pool = ThreadPool(threadCount: 4)
    let total = Atomic<Int>(0)
    pool.forEach(20) { _ in pool.forEach(30) { total.add($0, ordering: .relaxed) } }
    #expect(total.load(ordering: .relaxed) == 20 * 30 * 29 / 2)
    pool.setThreadCount(1)
  }

  @Test func severalCallersAtOnce() async {
    let pool = ThreadPool(threadCount: 3)
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 {
        group.addTask {
          (0..<200).allSatisfy { visits(pool, $0 % 17) == [Int](repeating: 1, count: $0 % 17) }
        }
      }
      for await isRight in group { #expect(isRight) }
    }
    pool.setThreadCount(1)
  }

  @Test func changesSizeBetweenAndDuringLoops() async {
    let pool = ThreadPool(threadCount: 2)
    async let changes: Void = {
      for round in 0..<300 { pool.setThreadCount(round % 9) }
    }()
    for _ in 0..<500 { #expect(visits(pool, 12) == [Int](repeating: 1, count: 12)) }
    await changes
    pool.setThreadCount(1)
  }

  @Test(arguments: [(-3, 1), (0, 1), (5, 5), (1000, 64)])
  func threadCountIsBroughtIntoRange(asked: Int, given: Int) {
    let pool = ThreadPool(threadCount: 1)
    pool.setThreadCount(asked)
    #expect(pool.threadCount == given)
    pool.setThreadCount(1)
  }
}
