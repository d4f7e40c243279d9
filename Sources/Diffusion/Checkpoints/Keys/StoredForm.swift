import Tensor

/// The form in which a file holds a tensor that a model asks for.
enum StoredForm: Equatable, Sendable {
  /// As the model has it.
  case whole
  /// One of several of the same size that were put together along the first axis, as queries, keys and values are.
  case rows(index: Int, count: Int)
  /// A matrix with its axes exchanged.
  case transposed
}

extension StoredForm {
  /// The shape in the file of a tensor of this shape.
  func stored(_ shape: Shape) -> Shape {
    switch self {
    case .whole: shape
    case .rows(_, let count): Shape([shape[0] * count] + shape.sizes.dropFirst())
    case .transposed: Shape(shape.sizes.reversed())
    }
  }

  /// The shape for the model of a tensor of this shape in the file.
  func loaded(_ shape: Shape) -> Shape {
    switch self {
    case .whole: shape
    case .rows(_, let count):
      Shape(shape.sizes.prefix(1).map { $0 / count } + shape.sizes.dropFirst())
    case .transposed: Shape(shape.sizes.reversed())
    }
  }

  /// The elements for the model.
  /// - Parameter stored: the file's tensor, of the shape that `stored` says.
  func loaded(_ stored: StoredElements) -> StoredElements {
    switch self {
    case .whole: return stored
    case .rows(let index, let count):
      let rows = stored.shape[0] / count
      return stored.rows(index * rows..<(index + 1) * rows)
    case .transposed: return StoredElements(stored.read().matrixTransposed())
    }
  }
}

extension Shape {
  /// Whether both are one matrix: convolutions of one pixel are stored with two more axes, of size 1.
  func holdsTheSameMatrix(as other: Shape) -> Bool {
    self == other
      || (min(rank, other.rank) == 2 && max(rank, other.rank) == 4
        && sizes.prefix(2) == other.sizes.prefix(2) && count == other.count)
  }
}
