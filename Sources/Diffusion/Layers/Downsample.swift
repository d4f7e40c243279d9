import Tensor

/// Halves a picture by a convolution of stride two, `[N, H, W, C]` to `[N, H/2, W/2, C]`.
struct Downsample: Sendable {
  let conv: Convolution

  init(_ weights: Weights, _ channels: Int, padding: Padding) {
    conv = Convolution(weights["conv"], channels, channels, stride: 2, padding: padding)
  }

  func callAsFunction(_ x: Tensor) -> Tensor { conv(x) }
}
