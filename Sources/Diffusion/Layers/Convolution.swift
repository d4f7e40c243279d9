import Tensor

/// A convolution of 3x3 pixels, `[N, H, W, I]` to `[N, H', W', O]`, read and packed when it is used.
struct Convolution: Sendable {
  private let packed: PackedWeights<PackedConvolution>

  /// The weights, for one call.
  var kernel: PackedConvolution { packed.value }

  init(
    _ weights: Weights, _ inputs: Int, _ outputs: Int, stride: Int = 1, padding: Padding = 1,
    bias: Bool = true
  ) {
    let weight = weights.tensor("weight", [outputs, inputs, 3, 3])
    let bias = bias ? weights.tensor("bias", [outputs]) : nil
    packed = PackedWeights { isKept in
      PackedConvolution(
        weight: weight.elements(), bias: bias?.read(), stride: stride, padding: padding,
        budget: isKept ? .shared : .nothing)
    } release: {
      weight.release()
    }
  }

  func callAsFunction(_ x: Tensor) -> Tensor { x.convolved(with: kernel) }

  /// - Parameters:
  ///   - vectors: `[N, O]`, added at every place; nil for none.
  ///   - addend: `[N, H', W', O]`, added to what comes out; nil for none.
  func callAsFunction(
    _ input: ConvolutionInput, shiftedBy vectors: Tensor? = nil, plus addend: Tensor? = nil
  ) -> Tensor {
    input.convolved(with: kernel, shiftedBy: vectors, plus: addend)
  }
}
