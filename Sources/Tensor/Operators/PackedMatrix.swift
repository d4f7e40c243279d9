/// A matrix `[inner, columns]` and a bias `[columns]` that rows are multiplied with.
struct PackedMatrix: Sendable {
  let weight: Tensor
  let bias: Tensor?

  var inner: Int { weight.shape[0] }
  var columns: Int { weight.shape[1] }

  init(weight: Tensor, bias: Tensor?) {
    precondition(weight.shape.rank == 2)
    precondition(bias.map { $0.shape == [weight.shape[1]] } ?? true, "a bias for each output")
    self.weight = weight
    self.bias = bias
  }

  /// `output [rows, columns] = input [rows, inner] · weight + bias`, in blocks on the shared pool.
  func multiply(
    _ input: UnsafePointer<Float>, rows: Int, into output: UnsafeMutablePointer<Float>
  ) {
    let grid = BlockGrid(rows: rows, columns: columns, inner: inner)
    let operands = (input: SharedInput(start: input), output: DisjointlyWritten(start: output))
    traced(.gemm, [rows, inner, columns]) {
      ThreadPool.shared.forEach(grid.count) { index in
        let block = grid[index]
        multiplyBlock(
          operands.input.start + block.rows.lowerBound * inner, rows: block.rows.count,
          columns: block.columns,
          into: operands.output.start + block.rows.lowerBound * columns)
      }
    }
  }

  /// The given columns of the product of some rows, on this thread. OpenBLAS would clear its result and
  /// add to it; letting it add to the bias costs nothing.
  func multiplyBlock(
    _ input: UnsafePointer<Float>, rows: Int, columns range: Range<Int>,
    into output: UnsafeMutablePointer<Float>
  ) {
    let output = output + range.lowerBound
    bias?.withPointer {
      for row in 0..<rows {
        (output + row * columns).update(from: $0 + range.lowerBound, count: range.count)
      }
    }
    weight.withPointer {
      product(
        MatrixView(start: input, rows: rows, columns: inner, stride: inner),
        MatrixView(
          start: $0 + range.lowerBound, rows: inner, columns: range.count, stride: columns),
        into: output, stride: columns, isAdded: bias != nil)
    }
  }
}

/// Memory that the tasks of a parallel loop read.
///
/// `@unchecked Sendable`: nobody writes to it, and the loop ends before the memory.
struct SharedInput: @unchecked Sendable {
  let start: UnsafePointer<Float>
}
