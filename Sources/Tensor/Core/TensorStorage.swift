import CKernels
import Glibc

/// The memory of one or several tensors, on a cache line's boundary.
///
/// `@unchecked Sendable`: written only by the initializer of the one tensor that makes it, before
/// anyone else can see it, and read-only from then on.
final class TensorStorage: @unchecked Sendable {
  let start: UnsafeMutablePointer<Float>
  private let block: MemoryBlock

  init(count: Int) {
    block = MemoryBlock(byteCount: max(count, 1) * MemoryLayout<Float>.stride)
    memory_changed(block.byteCount)
    start = block.start.bindMemory(to: Float.self, capacity: count)
  }

  deinit {
    block.deallocate()
    memory_changed(-block.byteCount)
  }
}

/// Some memory, from the scope's arena or from the allocator of the system.
struct MemoryBlock {
  let start: UnsafeMutableRawPointer
  let byteCount: Int
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
