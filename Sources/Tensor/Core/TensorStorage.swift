import CKernels
import Glibc

/// The memory of one or several tensors, on a cache line's boundary.
///
/// `@unchecked Sendable`: written only by who made it, before anyone else can see it, and read-only from
/// then on.
final class TensorStorage: @unchecked Sendable {
  let start: UnsafeMutablePointer<Float>
  private(set) var count: Int
  private var block: MemoryBlock

  init(count: Int) {
    self.count = count
    block = MemoryBlock(byteCount: max(count, 1) * MemoryLayout<Float>.stride)
    memory_changed(block.byteCount)
    start = block.start.bindMemory(to: Float.self, capacity: count)
  }

  convenience init(copying other: TensorStorage) {
    self.init(count: other.count)
    start.update(from: other.start, count: count)
  }

  deinit {
    block.deallocate()
    memory_changed(-block.byteCount)
  }

  /// Gives back what is beyond the first `count` elements, where that can be done.
  func shrink(to count: Int) {
    let before = block.byteCount
    block.shrink(to: max(count, 1) * MemoryLayout<Float>.stride)
    memory_changed(block.byteCount - before)
    self.count = count
  }
}

/// Some memory, from the scope's arena or from the allocator of the system.
struct MemoryBlock {
  let start: UnsafeMutableRawPointer
  private(set) var byteCount: Int
  private let arena: TensorArena?

  /// On a cache line's boundary, and not cleared.
  init(byteCount: Int) {
    self.byteCount = byteCount
    if byteCount >= TensorArena.smallestBlock, let arena = CurrentThread.arena,
      let start = arena.allocate(byteCount)
    {
      self.arena = arena
      self.start = start
    } else {
      arena = nil
      start = Self.allocate(byteCount)
    }
  }

  func deallocate() {
    if let arena { arena.deallocate(start, byteCount) } else { start.deallocate() }
  }

  /// Gives back the end of a block of an arena; the system's allocator takes whole blocks only.
  mutating func shrink(to byteCount: Int) {
    guard let arena, byteCount < self.byteCount else { return }
    let kept = byteCount.roundedUp(to: AddressRegion.page)
    let end = self.byteCount.roundedUp(to: AddressRegion.page)
    if kept < end { arena.deallocate(start + kept, end - kept) }
    self.byteCount = byteCount
  }

  private static func allocate(_ byteCount: Int) -> UnsafeMutableRawPointer {
    let isFresh = byteCount >= recycledByteCount
    let start = UnsafeMutableRawPointer.allocate(
      byteCount: byteCount, alignment: isFresh ? AddressRegion.hugePage : cacheLine)
    if isFresh { madvise(start, byteCount, MADV_HUGEPAGE) }
    return start
  }

  static let cacheLine = 64
  /// glibc reuses smaller blocks. Larger ones always come fresh from the system, which clears them
  /// page by page at the first touch: with small pages, longer than most operators take.
  private static let recycledByteCount = 4 << 20
}
