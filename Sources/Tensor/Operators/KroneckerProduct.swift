extension Tensor {
  /// The Kronecker product of matrices `[A, B]` and `[C, D]`: `[A · C, B · D]`, `other` times each element of
  /// `self`, at that element's place.
  public func kroneckerProduct(with other: Tensor) -> Tensor {
    precondition(shape.rank == 2 && other.shape.rank == 2, "no matrices: \(shape), \(other.shape)")
    let (columns, width) = (shape[1], other.shape[1])
    let height = other.shape[0]
    return Tensor(
      [shape[0] * height, columns * width], by: .arithmetic, items: shape[0] * height,
      cost: columns * width
    ) { rows, output in
      withPointer { factors in
        other.withPointer { block in
          for row in rows {
            let source = block + row % height * width
            for column in 0..<columns {
              let factor = factors[row / height * columns + column]
              let target = output + (row * columns + column) * width
              for index in 0..<width { target[index] = factor * source[index] }
            }
          }
        }
      }
    }
  }
}
