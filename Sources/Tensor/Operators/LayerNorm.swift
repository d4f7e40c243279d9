import CKernels

extension Tensor {
  /// Layer normalisation over the last axis: mean 0 and variance 1 in each row (the biased variance,
  /// with `epsilon` added), then `weight` and `bias`, both `[D]`.
  public func layerNormalized(weight: Tensor, bias: Tensor, epsilon: Float) -> Tensor {
    let columns = shape[-1]
    precondition(weight.shape == [columns] && bias.shape == [columns], "weights for \(shape)")
    return Tensor(shape, by: .layerNorm, items: shape.rowCount, cost: 4 * columns) {
      range, output in
      let start = range.lowerBound * columns
      withPointer { input in
        weight.withPointer { weight in
          bias.withPointer { bias in
            kernels().pointee.layer_norm(
              input + start, output + start, range.count, columns, weight, bias, epsilon)
          }
        }
      }
    }
  }
}
