import Tensor

/// A way to store a change of a weight. All weights are matrices here, `[O, I]` of a linear layer and
/// `[O, I · H · W]` of a convolution.
protocol WeightChange: Sendable {
  /// Of the weights that it changes.
  var shape: Shape { get }
  /// What the adapter's alpha is divided by; nil where the change is as large as it is, whatever alpha says.
  var rank: Int? { get }
  /// The change, `shape`.
  func delta() -> Tensor
  /// `weight + scale · delta()`.
  func added(to weight: Tensor, scale: Float) -> Tensor
}

extension WeightChange {
  func added(to weight: Tensor, scale: Float) -> Tensor {
    weight.zip(delta()) { $0 + scale * $1 }
  }
}

extension AdapterModule {
  /// The change of the module's weight; nil where only its bias is changed.
  func weightChange() throws -> (any WeightChange)? {
    if has(.down, .up, .mid) { return try LowRankChange(self) }
    if has(.hadaW1A, .hadaW1B, .hadaW2A, .hadaW2B) { return try HadamardChange(self) }
    if has(.lokrW1, .lokrW1A, .lokrW1B, .lokrW2, .lokrW2A, .lokrW2B) {
      return try KroneckerChange(self)
    }
    return self[.diff].map(FullChange.init)
  }
}
