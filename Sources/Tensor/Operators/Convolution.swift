/// The rows and columns of zeros around a picture.
public struct Padding: Sendable, Hashable, ExpressibleByIntegerLiteral {
  /// The rows above.
  public let top: Int
  /// The columns to the left.
  public let left: Int
  /// The rows below.
  public let bottom: Int
  /// The columns to the right.
  public let right: Int

  /// Nothing where nothing is said.
  public init(top: Int = 0, left: Int = 0, bottom: Int = 0, right: Int = 0) {
    self.top = top
    self.left = left
    self.bottom = bottom
    self.right = right
  }

  /// The same on all sides.
  public init(integerLiteral size: Int) {
    self.init(top: size, left: size, bottom: size, right: size)
  }
}

/// The weights of a convolution, arranged for its kernel.
public struct PackedConvolution: Sendable {
  /// The channels that the convolution takes.
  public let inputs: Int
  /// The channels that it gives.
  public let outputs: Int
  let window: ConvolutionWindow
  /// `[KH * KW * I, O]`
  let matrix: PackedMatrix

  /// - Parameters:
  ///   - weight: `[O, I, KH, KW]`, as PyTorch keeps it.
  ///   - bias: `[O]`, or nil for none.
  ///   - stride: the step of the window in both directions, at least 1.
  ///   - padding: zeros around the input.
  public init(weight: Tensor, bias: Tensor?, stride: Int = 1, padding: Padding) {
    precondition(weight.shape.rank == 4 && stride > 0, "a kernel of shape \(weight.shape)")
    outputs = weight.shape[0]
    inputs = weight.shape[1]
    window = ConvolutionWindow(
      height: weight.shape[2], width: weight.shape[3], stride: stride, padding: padding)
    let channelsLast = weight.transposedToChannelsLast()
      .reshaped(to: [outputs, window.height * window.width * inputs])
    matrix = PackedMatrix(weight: channelsLast.matrixTransposed(), bias: bias)
  }
}

extension Tensor {
  /// The convolution (as PyTorch defines it: a cross-correlation) of `[N, H, W, I]` to
  /// `[N, H', W', O]`, with `H' = (H + top + bottom - KH) / stride + 1` and `W'` likewise.
  public func convolved(with kernel: PackedConvolution) -> Tensor {
    precondition(
      shape.rank == 4 && shape[3] == kernel.inputs,
      "\(shape) into a convolution of \(kernel.inputs) channels")
    let patches = Patches(of: self, under: kernel.window)
    return Tensor(
      [shape[0], patches.height, patches.width, kernel.outputs], by: .convolution
    ) { output in
      guard let target = output.baseAddress, !output.isEmpty else { return }
      patches.multiply(by: kernel.matrix, into: target)
    }
  }
}
