import CKernels

/// What is done to a product where it is made, while it is in the caches.
struct Epilogue {
  /// Added to the product, in its shape; it may be where the product goes.
  var addend: UnsafePointer<Float>?
  var activation = Activation.identity
}

/// A matrix `[inner, columns]` and a bias `[columns]` that rows are multiplied with.
enum PackedMatrix: Sendable {
  /// For the kernels of this project.
  case panels(PanelMatrix)
  /// For OpenBLAS.
  case plain(PlainMatrix)

  /// - Parameters:
  ///   - weight: `[O, I, ...]`; the inner axis of the matrix is `[..., I]`, its columns are O.
  ///   - bias: `[O]`, or nil for none.
  ///   - isGated: whether the first half of the product is to be multiplied by the GELU of the second.
  init(weight: StoredElements, bias: Tensor?, isGated: Bool = false) {
    precondition(bias.map { $0.shape == [weight.shape[0]] } ?? true, "a bias for each output")
    self =
      kernels_prefer_openblas()
      ? .plain(PlainMatrix(weight: weight, bias: bias, isGated: isGated))
      : .panels(PanelMatrix(weight: weight, bias: bias, isGated: isGated))
  }

  /// `output [rows, columns] = input [rows, inner] · matrix + bias`, in blocks on the shared pool.
  func multiply(
    _ input: UnsafePointer<Float>, rows: Int, into output: UnsafeMutablePointer<Float>,
    epilogue: Epilogue = Epilogue()
  ) {
    guard rows > 0 else { return }
    switch self {
    case .panels(let matrix): matrix.multiply(input, rows: rows, into: output, epilogue: epilogue)
    case .plain(let matrix): matrix.multiply(input, rows: rows, into: output, epilogue: epilogue)
    }
  }

  /// The same on this thread, without an activation.
  func multiplyHere(
    _ input: UnsafePointer<Float>, rows: Int, into output: UnsafeMutablePointer<Float>,
    addend: UnsafePointer<Float>?
  ) {
    switch self {
    case .panels(let matrix):
      matrix.multiplyHere(input, rows: rows, into: output, epilogue: Epilogue(addend: addend))
    case .plain(let matrix):
      matrix.multiplyBlock(input, rows: rows, columns: 0..<matrix.columns, into: output)
      guard let addend else { return }
      for index in 0..<rows * matrix.columns { output[index] += addend[index] }
    }
  }

  /// The columns of the product.
  var columns: Int {
    switch self {
    case .panels(let matrix): matrix.columns
    case .plain(let matrix): matrix.isGated ? matrix.columns / 2 : matrix.columns
    }
  }
}

/// Memory that the tasks of a parallel loop read.
///
/// `@unchecked Sendable`: nobody writes to it, and the loop ends before the memory.
struct SharedInput: @unchecked Sendable {
  let start: UnsafePointer<Float>
}
