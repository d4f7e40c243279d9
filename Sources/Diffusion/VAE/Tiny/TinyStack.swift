import Tensor

/// One half of a tiny autoencoder: layers one after the other.
struct TinyStack: Sendable {
  /// What a layer does; all but the last are rectified where `AutoencoderTiny` does.
  enum Layer: Hashable, Sendable {
    /// A convolution.
    case convolution(inputs: Int, outputs: Int, isRectified: Bool = false)
    /// A convolution without bias that halves the picture.
    case halving(Int)
    /// A convolution without bias of the picture with every pixel doubled.
    case doubling(Int)
    /// Three convolutions and the picture itself.
    case block(Int)
  }

  private enum Step: Sendable {
    case convolution(Convolution, isDoubled: Bool, isRectified: Bool)
    case block(TinyBlock)
  }

  private let steps: [Step]

  /// - Parameter layers: by the index that their keys begin with.
  init(_ weights: Weights, _ layers: [(index: Int, layer: Layer)]) {
    steps = layers.map { index, layer in
      let weights = weights[index]
      switch layer {
      case .convolution(let inputs, let outputs, let isRectified):
        return .convolution(
          Convolution(weights, inputs, outputs), isDoubled: false, isRectified: isRectified)
      case .halving(let channels):
        return .convolution(
          Convolution(weights, channels, channels, stride: 2, bias: false), isDoubled: false,
          isRectified: false)
      case .doubling(let channels):
        return .convolution(
          Convolution(weights, channels, channels, bias: false), isDoubled: true,
          isRectified: false)
      case .block(let channels):
        return .block(TinyBlock(weights, channels))
      }
    }
  }

  /// `[1, H, W, C]` to `[1, H', W', C']`.
  func callAsFunction(_ x: Tensor) -> Tensor {
    steps.reduce(x) { x, step in
      switch step {
      case .convolution(let convolution, let isDoubled, let isRectified):
        let y = convolution(ConvolutionInput(x, isDoubled: isDoubled))
        return isRectified ? y.rectified() : y
      case .block(let block):
        return block(x)
      }
    }
  }
}

/// diffusers' `AutoencoderTinyBlock`: three convolutions around a shortcut.
private struct TinyBlock: Sendable {
  private let convolutions: [Convolution]

  init(_ weights: Weights, _ channels: Int) {
    convolutions = [0, 2, 4].map { Convolution(weights["conv"][$0], channels, channels) }
  }

  func callAsFunction(_ x: Tensor) -> Tensor {
    let hidden = convolutions[1](convolutions[0](x).rectified()).rectified()
    return convolutions[2](ConvolutionInput(hidden), plus: x).rectified()
  }
}
