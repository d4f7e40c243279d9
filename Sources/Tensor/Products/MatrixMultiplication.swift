extension Tensor {
  /// `self · other + addend`, of matrices `[M, K]` and `[K, N]`: `[M, N]`.
  ///
  /// - Parameter addend: `[M, N]`, or nil for none.
  public func multiplied(by other: Tensor, plus addend: Tensor? = nil) -> Tensor {
    linear(PackedLinear(weight: other.matrixTransposed(), bias: nil), plus: addend)
  }
}
