import CKernels

extension Tensor {
  /// Multi-head attention, softmax(q·kᵀ / √D)·v for each head, without ever holding all scores.
  ///
  /// - Parameters:
  ///   - keys: `[N, Lk, heads * D]`, with `Lk` at least 1.
  ///   - values: `[N, Lk, heads * D]`.
  ///   - heads: the number of heads; self, the queries, is `[N, Lq, heads * D]`.
  ///   - isCausal: whether query i sees only the keys 0...i.
  /// - Returns: `[N, Lq, heads * D]`.
  public func attention(
    keys: Tensor, values: Tensor, heads: Int, isCausal: Bool = false
  ) -> Tensor {
    traced(.attention, shape) {
      attention(
        over: PackedContext(keys: keys, values: values, heads: heads), isCausal: isCausal, by: nil)
    }
  }

  /// The same over keys and values that were packed before.
  public func attention(over context: PackedContext, isCausal: Bool = false) -> Tensor {
    attention(over: context, isCausal: isCausal, by: .attention)
  }

  private func attention(
    over context: PackedContext, isCausal: Bool, by kind: KernelKind?
  ) -> Tensor {
    precondition(
      shape.rank == 3 && shape[0] == context.samples && shape[2] == context.heads * context.size,
      "queries \(shape), \(context.samples) samples of \(context.heads) heads of \(context.size)")
    let tiles = (shape[1] + queriesPerTask - 1) / queriesPerTask
    return Tensor(shape, by: kind) { output in
      guard let target = output.baseAddress else { return }
      let shared = DisjointlyWritten(start: target)
      ThreadPool.shared.forEach(shape[0] * context.heads * tiles) { task in
        let (pair, tile) = task.quotientAndRemainder(dividingBy: tiles)
        let (sample, head) = pair.quotientAndRemainder(dividingBy: context.heads)
        let first = tile * queriesPerTask
        let start = (sample * shape[1] + first) * shape[2] + head * context.size
        context.withHead(head, sample: sample, isCausal: isCausal) { attention in
          attend(
            attention, start: start, queries: first..<min(first + queriesPerTask, shape[1]),
            into: shared.start)
        }
      }
    }
  }

  /// The results of some queries of one head, on this thread.
  /// - Parameter start: where the first of them begins, and its result.
  private func attend(
    _ attention: KernelAttention, start: Int, queries: Range<Int>,
    into output: UnsafeMutablePointer<Float>
  ) {
    let table = kernels()
    withPointer { input in
      let count = table.pointee.attention_scratch(queries.count, attention.size)
      withScratch(of: Float.self, count: count) { scratch in
        withUnsafePointer(to: attention) {
          table.pointee.attend(
            $0, input + start, queries.lowerBound, queries.count, output + start, scratch)
        }
      }
    }
  }
}

/// So many share the keys and values that a core's cache holds; a head has enough of them for every thread.
private let queriesPerTask = 128
