import Tensor

/// The whole difference between two weights, or two biases, which are matrices of one column.
struct FullChange: WeightChange {
  let difference: AdapterTensor
  var shape: Shape { difference.shape.asMatrix }
  var rank: Int? { nil }

  func delta() -> Tensor { difference.matrix() }
}
