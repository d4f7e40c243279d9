/// Lends memory for `count` elements while `body` runs, on a cache line's boundary and not cleared: of the
/// scope's arena, or where it is small, of the stack or the system's allocator. The pointer must not escape.
func withScratch<Element: BitwiseCopyable, Result>(
  of type: Element.Type, count: Int, _ body: (UnsafeMutablePointer<Element>) throws -> Result
) rethrows -> Result {
  let byteCount = max(count, 1) * MemoryLayout<Element>.stride
  guard byteCount >= TensorArena.smallestBlock else {
    return try withUnsafeTemporaryAllocation(
      byteCount: byteCount, alignment: MemoryBlock.cacheLine
    ) { bytes in
      guard let start = bytes.baseAddress else {
        preconditionFailure("no memory of \(byteCount) B")
      }
      return try body(start.bindMemory(to: type, capacity: count))
    }
  }
  let block = MemoryBlock(byteCount: byteCount)
  defer { block.deallocate() }
  return try body(block.start.bindMemory(to: type, capacity: count))
}
