extension Tensor {
  /// Multi-head attention, softmax(q·kᵀ / √D)·v for each head, without ever holding all scores.
  ///
  /// - Parameters:
  ///   - keys: `[N, Lk, heads * D]`.
  ///   - values: `[N, Lk, heads * D]`.
  ///   - heads: the number of heads; self, the queries, is `[N, Lq, heads * D]`.
  ///   - isCausal: whether query i sees only the keys 0...i.
  /// - Returns: `[N, Lq, heads * D]`.
  public func attention(
    keys: Tensor, values: Tensor, heads: Int, isCausal: Bool = false
  ) -> Tensor {
    precondition(shape.rank == 3 && shape[2] % heads == 0, "\(heads) heads in \(shape)")
    precondition(
      keys.shape == [shape[0], keys.shape[1], shape[2]] && values.shape == keys.shape
        && keys.shape[1] > 0,
      "queries \(shape), keys \(keys.shape), values \(values.shape)")
    let tiles = (shape[1] + TiledAttention.queriesPerTile - 1) / TiledAttention.queriesPerTile
    return Tensor(shape, by: .attention) { output in
      guard let target = output.baseAddress else { return }
      let shared = DisjointlyWritten(start: target)
      ThreadPool.shared.forEach(shape[0] * heads * tiles) { task in
        let (pair, tile) = task.quotientAndRemainder(dividingBy: tiles)
        let (sample, head) = pair.quotientAndRemainder(dividingBy: heads)
        let first = tile * TiledAttention.queriesPerTile
        withHeads(head, of: heads, sample: sample, keys, values) { queries, keys, values in
          TiledAttention(
            queries: queries[rows: first..<min(first + TiledAttention.queriesPerTile, shape[1])],
            keys: keys, values: values,
            output: shared.start + (sample * shape[1] + first) * shape[2] + head * queries.columns,
            isCausal: isCausal, firstQuery: first
          ).compute()
        }
      }
    }
  }

  /// One head of one sample of the queries, keys and values.
  private func withHeads(
    _ head: Int, of heads: Int, sample: Int, _ keys: Tensor, _ values: Tensor,
    _ body: (MatrixView, MatrixView, MatrixView) -> Void
  ) {
    withHead(head, of: heads, sample: sample) { queries in
      keys.withHead(head, of: heads, sample: sample) { keys in
        values.withHead(head, of: heads, sample: sample) { body(queries, keys, $0) }
      }
    }
  }

  /// The rows `[L, D]` of one head of one sample, in place.
  private func withHead(_ head: Int, of heads: Int, sample: Int, _ body: (MatrixView) -> Void) {
    let (rows, width) = (shape[1], shape[2])
    withPointer {
      body(
        MatrixView(
          start: $0 + sample * rows * width + head * (width / heads), rows: rows,
          columns: width / heads, stride: width))
    }
  }
}
