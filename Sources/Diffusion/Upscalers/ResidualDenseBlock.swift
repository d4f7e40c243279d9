import Tensor

/// Five convolutions, each of all that those before it gave: Wang et al., "ESRGAN: Enhanced Super-Resolution Generative
/// Adversarial Networks" (2018), figure 4. With a shortcut between them, that of Rakotonirina and Rasoanaivo, "ESRGAN+"
/// (2020).
struct ResidualDenseBlock: Sendable {
  private let convolutions: [Convolution]
  /// ESRGAN+ alone: of the input, added to what the second convolution gives, and that to the fourth's.
  private let shortcut: Linear?
  private let numbersPerPixel: Int

  init(_ weights: Weights, _ size: ResidualDenseConfiguration) {
    let (channels, growth) = (size.channels, size.growth)
    convolutions = (0..<5).map {
      Convolution(
        weights["conv\($0 + 1)"], channels + $0 * growth, $0 == 4 ? channels : growth)
    }
    shortcut =
      size.hasShortcuts
      ? Linear(weights["conv1x1"], channels, growth, bias: false, storage: .convolution) : nil
    numbersPerPixel = 4 * channels + 8 * growth
  }

  /// As one stage: of `[1, H, W, C]`, the same shape.
  var stage: UpscalerStage {
    UpscalerStage(convolutions: 5, numbersPerPixel: numbersPerPixel, callAsFunction)
  }

  private func callAsFunction(_ x: Tensor) -> Tensor {
    var (all, second) = (x, x)
    for (index, convolution) in convolutions.dropLast().enumerated() {
      var grown = convolution(all).leakilyRectified(slope: leakySlope)
      if let shortcut, index == 1 { grown = shortcut(x, plus: grown) }
      if shortcut != nil, index == 3 { grown = grown + second }
      if index == 1 { second = grown }
      all = all.concatenated(with: grown, axis: -1)
    }
    return convolutions[4](all) * residualScale + x
  }
}

/// The slope of ESRGAN's activations below zero.
let leakySlope: Float = 0.2
/// What residuals are multiplied by before they are added: section 3.1 of the paper.
let residualScale: Float = 0.2
