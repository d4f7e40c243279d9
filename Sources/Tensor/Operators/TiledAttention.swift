import CKernels

/// The attention of some queries of one head, over one tile of keys after the other.
///
/// The softmax is carried along: the sums so far are kept relative to each query's largest score so
/// far, and brought to the new one when it grows.
///
/// Source: Dao et al. 2022, "FlashAttention", algorithm 1.
struct TiledAttention {
  let queries: MatrixView
  let keys: MatrixView
  let values: MatrixView
  /// The first query's result; the next ones follow at the queries' stride.
  let output: UnsafeMutablePointer<Float>
  /// Whether the query i sees only the keys `0...firstQuery + i`.
  let isCausal: Bool
  let firstQuery: Int

  /// Enough rows for an efficient product; a tile's scores take 128 KB and stay in a core's cache.
  static let queriesPerTile = 128
  private static let keysPerTile = 256

  /// Computes the output, on this thread.
  func compute() {
    let visible = min(visibleKeys(to: queries.rows - 1), keys.rows)
    let tileSize = min(Self.keysPerTile, visible)
    clearOutput()
    withScratch(of: Float.self, count: queries.rows * (tileSize + 2)) { scores in
      let state = SoftmaxState(at: scores + queries.rows * tileSize, count: queries.rows)
      for first in stride(from: 0, to: visible, by: tileSize) {
        add(keys: first..<min(first + tileSize, visible), scores: scores, state: state)
      }
      divideOutput(by: state.sums)
    }
  }

  private func visibleKeys(to query: Int) -> Int {
    isCausal ? firstQuery + query + 1 : keys.rows
  }

  private func add(keys range: Range<Int>, scores: UnsafeMutablePointer<Float>, state: SoftmaxState)
  {
    product(queries, transposed: keys[rows: range], into: scores, stride: range.count)
    for query in 0..<queries.rows {
      let row = scores + query * range.count
      let seen = min(max(visibleKeys(to: query) - range.lowerBound, 0), range.count)
      (row + seen).update(repeating: 0, count: range.count - seen)
      guard seen > 0 else { continue }
      kernels().pointee.softmax_tile_row(
        row, seen, scale, state.maxima + query, state.sums + query,
        output + query * queries.stride, queries.columns)
    }
    product(
      MatrixView(start: scores, rows: queries.rows, columns: range.count, stride: range.count),
      values[rows: range], into: output, stride: queries.stride, isAdded: true)
  }

  private var scale: Float { 1 / Float(queries.columns).squareRoot() }

  private func clearOutput() {
    for query in 0..<queries.rows {
      (output + query * queries.stride).update(repeating: 0, count: queries.columns)
    }
  }

  private func divideOutput(by sums: UnsafeMutablePointer<Float>) {
    for query in 0..<queries.rows {
      let row = UnsafeMutableBufferPointer(
        start: output + query * queries.stride, count: queries.columns)
      let factor = 1 / sums[query]
      for column in row.indices { row[column] *= factor }
    }
  }
}

/// Of each query, the largest score so far and the sum of exp(score - largest).
private struct SoftmaxState {
  let maxima: UnsafeMutablePointer<Float>
  let sums: UnsafeMutablePointer<Float>

  /// - Parameter memory: room for 2 * count elements.
  init(at memory: UnsafeMutablePointer<Float>, count: Int) {
    maxima = memory
    sums = memory + count
    maxima.initialize(repeating: -.infinity, count: count)
    sums.initialize(repeating: 0, count: count)
  }
}
