import CKernels

extension Tensor {
  /// The softmax over the last axis.
  public func softmax() -> Tensor {
    let columns = shape[-1]
    return Tensor(shape, by: .softmax, items: shape.rowCount, cost: 4 * columns) { range, output in
      let start = range.lowerBound * columns
      withPointer { kernels().pointee.softmax($0 + start, output + start, range.count, columns) }
    }
  }
}
