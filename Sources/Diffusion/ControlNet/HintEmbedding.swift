import Tensor

/// Brings a hint down to the latent's size by convolutions with SiLU between them: diffusers'
/// `ControlNetConditioningEmbedding`.
struct HintEmbedding: Sendable {
  private let convolutions: [Convolution]

  /// - Parameters:
  ///   - widths: of its levels, from the full resolution down.
  ///   - outputs: the channels that come out.
  init(_ weights: Weights, _ widths: [Int], to outputs: Int) {
    let halvings = zip(widths, widths.dropFirst()).enumerated().flatMap { index, pair in
      let (block, halving) = (weights["blocks"][2 * index], weights["blocks"][2 * index + 1])
      return [
        Convolution(block, pair.0, pair.0), Convolution(halving, pair.0, pair.1, stride: 2),
      ]
    }
    convolutions =
      [Convolution(weights["conv_in"], 3, widths[0])] + halvings
      + [Convolution(weights["conv_out"], widths[widths.count - 1], outputs)]
  }

  /// `[N, H, W, 3]` to `[N, h, w, C]`.
  func callAsFunction(_ hint: Tensor) -> Tensor {
    convolutions.dropFirst().reduce(convolutions[0](hint)) { $1($0.activated(.silu)) }
  }
}
