/// The weights of a convolution, arranged for its kernels.
public struct PackedConvolution: Sendable {
  /// The channels that the convolution takes.
  public let inputs: Int
  /// The channels that it gives.
  public let outputs: Int
  let window: ConvolutionWindow
  /// `[KH * KW * I, O]`
  let matrix: PackedMatrix
  /// For Winograd's methods, which take windows of 3x3 pixels and step 1.
  let winograd: WinogradWeights?

  /// - Parameters:
  ///   - weight: `[O, I, KH, KW]`, as PyTorch keeps it. It is packed as it is stored: f16 and bf16 take half the
  ///     memory.
  ///   - bias: `[O]`, or nil for none.
  ///   - stride: the step of the window in both directions, at least 1.
  ///   - padding: zeros around the input.
  ///   - budget: what the weights may be transformed into ahead.
  public init(
    weight: StoredElements, bias: Tensor?, stride: Int = 1, padding: Padding,
    budget: FactorBudget = .shared
  ) {
    precondition(weight.shape.rank == 4 && stride > 0, "a kernel of shape \(weight.shape)")
    outputs = weight.shape[0]
    inputs = weight.shape[1]
    window = ConvolutionWindow(
      height: weight.shape[2], width: weight.shape[3], stride: stride, padding: padding)
    matrix = PackedMatrix(weight: weight, bias: bias)
    if case .panels(let matrix) = matrix, window.height == 3, window.width == 3, stride == 1 {
      winograd = WinogradWeights(matrix, budget: budget)
    } else {
      winograd = nil
    }
  }

  /// The same weights. Their factors for Winograd's methods are made anew at the first use, and go with the
  /// copy: for convolutions that are used seldom, but then over several bands of a picture.
  public func lent() -> PackedConvolution { PackedConvolution(lending: self) }

  private init(lending kernel: PackedConvolution) {
    (inputs, outputs, window) = (kernel.inputs, kernel.outputs, kernel.window)
    matrix = kernel.matrix
    winograd = kernel.winograd.map {
      WinogradWeights(
        $0.matrix, budget: FactorBudget(byteCount: .max), isLent: true)
    }
  }

  /// The same, of a weight in f32.
  public init(weight: Tensor, bias: Tensor?, stride: Int = 1, padding: Padding) {
    self.init(weight: StoredElements(weight), bias: bias, stride: stride, padding: padding)
  }
}

extension Tensor {
  /// The convolution (as PyTorch defines it: a cross-correlation) of `[N, H, W, I]` to
  /// `[N, H', W', O]`, with `H' = (H + top + bottom - KH) / stride + 1` and `W'` likewise.
  public func convolved(with kernel: PackedConvolution) -> Tensor {
    ConvolutionInput(self).convolved(with: kernel)
  }
}
