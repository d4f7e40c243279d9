/// Some lines of what a convolution makes of a picture, and the lines of the picture that they depend on.
///
/// With kernels of ours they have the same bits as those lines of the whole where they begin at a multiple of
/// four, the lines that Winograd's methods compute at once.
public struct ConvolutionBand: Sendable {
  /// The lines of the output.
  public let lines: Range<Int>
  /// The lines of the input to give, before it is doubled.
  public let inputLines: Range<Int>
  private let kernel: PackedConvolution
  /// The lines of the whole output.
  private let height: Int
  private let padding: Padding

  /// - Parameters:
  ///   - lines: of the output.
  ///   - height: of the whole input, before it is doubled.
  ///   - isDoubled: whether each pixel is repeated once in both directions before the convolution.
  public init(
    _ lines: Range<Int>, of kernel: PackedConvolution, height: Int, isDoubled: Bool = false
  ) {
    let (window, repeats) = (kernel.window, isDoubled ? 2 : 1)
    let first = lines.lowerBound * window.stride - window.padding.top
    let end = (lines.upperBound - 1) * window.stride - window.padding.top + window.height
    inputLines = max(first, 0) / repeats..<(min(end, height * repeats) + repeats - 1) / repeats
    self.lines = lines
    self.kernel = kernel
    self.height = window.outputSize(height: height * repeats, width: 1).height
    // Negative where a doubled line begins or ends the input, and half of it is not looked at.
    padding = Padding(
      top: inputLines.lowerBound * repeats - first, left: window.padding.left,
      bottom: end - inputLines.upperBound * repeats, right: window.padding.right)
  }

  /// `[N, lines, W', O]`.
  ///
  /// - Parameters:
  ///   - input: the picture's `inputLines`.
  ///   - addend: `[N, lines, W', O]`, or nil for none.
  public func convolve(_ input: ConvolutionInput, plus addend: Tensor? = nil) -> Tensor {
    input.convolved(with: kernel, through: window(on: input), by: method(on: input), plus: addend)
  }

  /// Writes the band, `[1, lines, W', O]`, to its place in a picture. `addend` may be the lines that are there.
  public func convolve(
    _ input: ConvolutionInput, plus addend: Tensor?, into storage: PictureStorage
  ) {
    let window = window(on: input)
    guard case .winograd(let points) = method(on: input), let weights = kernel.winograd else {
      return storage.write(convolve(input, plus: addend), at: lines.lowerBound)
    }
    let width = window.outputSize(height: input.height, width: input.width).width
    let shape: Shape = [input.samples, lines.count, width, kernel.outputs]
    precondition(addend.map { $0.shape == shape } ?? true, "\(shape) plus \(addend?.shape ?? [])")
    let target = storage.address(of: shape, at: lines.lowerBound)
    traced(.convolution, shape) {
      WinogradConvolution(
        input: input, padding: padding, weights: weights, points: points, height: lines.count,
        width: width
      ).run(into: target, vectors: nil, addend: addend)
    }
  }

  private func window(on input: ConvolutionInput) -> ConvolutionWindow {
    precondition(
      input.picture.shape[1] == inputLines.count && input.channels == kernel.inputs,
      "\(input.picture.shape) for lines \(inputLines) of \(kernel.inputs) channels")
    return ConvolutionWindow(
      height: kernel.window.height, width: kernel.window.width, stride: kernel.window.stride,
      padding: padding)
  }

  /// As for the whole picture.
  private func method(on input: ConvolutionInput) -> ConvolutionMethod {
    let width = window(on: input).outputSize(height: input.height, width: input.width).width
    return ConvolutionMethod(
      for: kernel, samples: input.samples, size: (height: height, width: width))
  }
}

extension PackedConvolution {
  /// The height and the width of what comes out for a picture.
  public func outputSize(height: Int, width: Int) -> (height: Int, width: Int) {
    window.outputSize(height: height, width: width)
  }
}
