import Tensor

/// A linear layer, `[..., I]` to `[..., O]`. Its weights are read and packed at its first use.
struct Linear: Sendable {
  /// How the checkpoint stores the matrix: as it is, or as a convolution of one pixel.
  enum Storage { case matrix, convolution }

  private let packed: Lazy<PackedLinear>

  init(
    _ weights: Weights, _ inputs: Int, _ outputs: Int, bias: Bool = true, storage: Storage = .matrix
  ) {
    let matrix: Shape = [outputs, inputs]
    let stored: Shape = storage == .matrix ? matrix : [outputs, inputs, 1, 1]
    let weight = weights.tensor("weight", stored)
    let bias = bias ? weights.tensor("bias", [outputs]) : nil
    packed = Lazy { PackedLinear(weight: weight.read().reshaped(to: matrix), bias: bias?.read()) }
  }

  func callAsFunction(_ x: Tensor) -> Tensor { x.linear(packed.value) }
}
