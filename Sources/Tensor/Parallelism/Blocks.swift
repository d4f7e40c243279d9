extension Tensor {
  /// A tensor computed in blocks of items on the shared pool.
  ///
  /// How the items are split depends on the arguments alone, never on the number of threads.
  ///
  /// - Parameters:
  ///   - kind: the operator, for traces; nil for a part of one.
  ///   - items: independent parts of the tensor: rows, pixels, elements.
  ///   - cost: the work of an item, in elements moved or in simple operations.
  ///   - fill: writes a range of items, given the address of the tensor's first element.
  init(
    _ shape: Shape, by kind: KernelKind?, items: Int, cost: Int,
    filledBy fill: @Sendable (Range<Int>, UnsafeMutablePointer<Float>) -> Void
  ) {
    self.init(shape, by: kind) { output in
      guard let start = output.baseAddress, items > 0 else { return }
      let shared = DisjointlyWritten(start: start)
      forEachBlock(of: items, cost: cost) { fill($0, shared.start) }
    }
  }
}

/// Memory that the tasks of a parallel loop write.
///
/// `@unchecked Sendable`: each task touches a part of its own, and the loop ends before the memory.
struct DisjointlyWritten<Element>: @unchecked Sendable {
  let start: UnsafeMutablePointer<Element>
}

/// Calls `body` in parallel with ranges that cover `0..<count`, of a size that makes each worth a
/// thread's while and that depends on the arguments alone.
func forEachBlock(of count: Int, cost: Int, _ body: @Sendable (Range<Int>) -> Void) {
  let worthwhile = (blockCost + cost - 1) / max(cost, 1)
  let size = max(worthwhile, (count + maximumBlockCount - 1) / maximumBlockCount)
  ThreadPool.shared.forEach((count + size - 1) / size) { block in
    body(block * size..<min((block + 1) * size, count))
  }
}

/// About 10 microseconds of work: several times what handing it to another thread costs.
private let blockCost = 32768

/// Enough for every thread of a large machine to have several.
private let maximumBlockCount = 256
