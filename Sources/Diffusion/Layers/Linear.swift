import Tensor

/// A linear layer, `[..., I]` to `[..., O]`. Its weights are read when it is used, and packed for products of the
/// precision that their place has.
struct Linear: Sendable {
  /// How the checkpoint stores the matrix: as it is, or as a convolution of one pixel.
  enum Storage { case matrix, convolution }

  private let packed: PackedWeights<PackedLinear>

  /// - Parameter isGated: whether only half the outputs come out, multiplied by the GELU of the others.
  init(
    _ weights: Weights, _ inputs: Int, _ outputs: Int, bias: Bool = true,
    storage: Storage = .matrix, isGated: Bool = false
  ) {
    let matrix: Shape = [outputs, inputs]
    let stored: Shape = storage == .matrix ? matrix : [outputs, inputs, 1, 1]
    let weight = weights.tensor("weight", stored)
    let bias = bias ? weights.tensor("bias", [outputs]) : nil
    let precision = weights.precision
    packed = PackedWeights { _ in
      PackedLinear(
        weight: weight.elements().reshaped(to: matrix), bias: bias?.read(), isGated: isGated,
        precision: precision)
    } release: {
      weight.release()
    }
  }

  /// - Parameters:
  ///   - addend: `[..., O]`, added to what comes out; nil for none.
  ///   - activation: comes last.
  func callAsFunction(
    _ x: Tensor, plus addend: Tensor? = nil, then activation: Activation = .identity
  ) -> Tensor {
    x.linear(packed.value, plus: addend, then: activation)
  }
}
