extension Tensor {
  /// The sum of the squares of each row of a matrix, `[R, C]` to `[R]`, added up in f64.
  public func squaredRowSums() -> Tensor {
    precondition(shape.rank == 2, "not a matrix: \(shape)")
    let columns = shape[1]
    return Tensor([shape[0]], by: .arithmetic, items: shape[0], cost: columns) { rows, output in
      withPointer { input in
        for row in rows {
          let start = input + row * columns
          var sum = 0.0
          for column in 0..<columns { sum += Double(start[column]) * Double(start[column]) }
          output[row] = Float(sum)
        }
      }
    }
  }

  /// Each row of a matrix `[R, C]` times its factor.
  /// - Parameter factors: `[R]`.
  public func scalingRows(by factors: Tensor) -> Tensor {
    precondition(
      shape.rank == 2 && factors.shape == [shape[0]], "\(factors.shape) for the rows of \(shape)")
    let columns = shape[1]
    return Tensor(shape, by: .arithmetic, items: shape[0], cost: columns) { rows, output in
      withPointer { input in
        factors.withPointer { factors in
          for row in rows {
            let (source, target) = (input + row * columns, output + row * columns)
            for column in 0..<columns { target[column] = source[column] * factors[row] }
          }
        }
      }
    }
  }
}
