import CKernels

extension Tensor {
  /// The gated unit of a transformer's feed-forward layer: `[..., 2D]` becomes `[..., D]`, the first
  /// half of the last axis times the GELU of the second.
  ///
  /// Source: Shazeer 2020, "GLU Variants Improve Transformer", GEGLU.
  public func gatedGELU() -> Tensor {
    precondition(shape.rank > 0 && shape[-1] % 2 == 0, "no two halves in \(shape)")
    let columns = shape[-1] / 2
    let rows = shape.rowCount
    return Tensor(
      shape.replacingLast(with: columns), by: .gatedGELU, items: rows, cost: 8 * columns
    ) {
      range, output in
      withPointer {
        kernels().pointee.gated_gelu(
          $0 + range.lowerBound * 2 * columns, output + range.lowerBound * columns, range.count,
          columns)
      }
    }
  }
}
