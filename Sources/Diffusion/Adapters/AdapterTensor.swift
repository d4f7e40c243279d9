import Tensor

/// A tensor of an adapter, in its mapped file.
struct AdapterTensor: Sendable {
  /// The whole key, for messages.
  let key: String
  let elements: StoredElements

  var shape: Shape { elements.shape }

  func read() -> Tensor { elements.read() }

  /// As a matrix: the first axis, and all others.
  func matrix() -> Tensor { read().reshaped(to: shape.asMatrix) }
}

extension Shape {
  /// Of a weight seen as a matrix: the outputs, and all that goes into one. A vector is one column.
  var asMatrix: Shape {
    let rows = sizes.first ?? 1
    return [rows, sizes.dropFirst().reduce(1, *)]
  }
}
