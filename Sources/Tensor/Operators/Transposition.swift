import CKernels

extension Tensor {
  /// `[N, C, H, W]`, PyTorch's order, to `[N, H, W, C]`.
  public func transposedToChannelsLast() -> Tensor {
    precondition(shape.rank == 4, "not [N, C, H, W]: \(shape)")
    return transposingEach(rows: shape[1], columns: shape[2] * shape[3])
      .reshaped(to: [shape[0], shape[2], shape[3], shape[1]])
  }

  /// `[N, H, W, C]` to `[N, C, H, W]`.
  public func transposedToChannelsFirst() -> Tensor {
    precondition(shape.rank == 4, "not [N, H, W, C]: \(shape)")
    return transposingEach(rows: shape[1] * shape[2], columns: shape[3])
      .reshaped(to: [shape[0], shape[3], shape[1], shape[2]])
  }

  /// `[R, C]` to `[C, R]`.
  public func matrixTransposed() -> Tensor {
    precondition(shape.rank == 2, "not a matrix: \(shape)")
    return transposingEach(rows: shape[0], columns: shape[1]).reshaped(to: [shape[1], shape[0]])
  }

  /// The matrices `[rows, columns]` that lie one after the other, each transposed, in a flat tensor.
  private func transposingEach(rows: Int, columns: Int) -> Tensor {
    let matrices = shape.count / max(rows * columns, 1)
    let bands = (columns + bandColumns - 1) / bandColumns
    return Tensor(
      [shape.count], by: .transposition, items: matrices * bands,
      cost: rows * min(bandColumns, columns)
    ) {
      range, output in
      withPointer { input in
        for band in range {
          let (matrix, part) = band.quotientAndRemainder(dividingBy: bands)
          let start = matrix * rows * columns
          let column = part * bandColumns
          kernels().pointee.transpose(
            input + start + column, columns, output + start + column * rows, rows, rows,
            min(bandColumns, columns - column))
        }
      }
    }
  }
}

/// The source's columns that become one part of the result: a cache line of each row.
private let bandColumns = 16
