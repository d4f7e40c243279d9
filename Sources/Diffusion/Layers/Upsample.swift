import Tensor

/// Repeats pixels up to a given size, then convolves.
struct Upsample: Sendable {
  let conv: Convolution

  init(_ weights: Weights, _ channels: Int) {
    conv = Convolution(weights["conv"], channels, channels)
  }

  /// `[N, h, w, C]` to `[N, height, width, C]`.
  func callAsFunction(_ x: Tensor, height: Int, width: Int) -> Tensor {
    let isDoubled = height == 2 * x.shape[1] && width == 2 * x.shape[2]
    return isDoubled
      ? conv(ConvolutionInput(x, isDoubled: true))
      : conv(x.upsampledNearest(to: height, width: width))
  }
}
