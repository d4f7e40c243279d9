import Testing

@testable import Tensor

@Suite struct NormalizationTests {
  @Test(
    arguments: [
      ([1, 1, 1, 4], 2), ([2, 3, 5, 12], 4), ([1, 64, 64, 32], 32), ([2, 33, 7, 30], 1),
      ([3, 150, 96], 32), ([1, 700, 2560], 32),
    ] as [(Shape, Int)])
  func groupNorm(shape: Shape, groups: Int) {
    // A mean well away from zero, as after a convolution with a bias.
    let x = Tensor.random(shape, seed: 1).map { 3 * $0 + 5 }
    let (weight, bias) = (
      Tensor.random([shape[-1]], seed: 2), Tensor.random([shape[-1]], seed: 3)
    )
    let reference = Reference.groupNorm(
      x, groups: groups, weight: weight, bias: bias, epsilon: 1e-5)
    for activation in [Activation.identity, .silu] {
      let result = x.groupNormalized(
        groups: groups, weight: weight, bias: bias, epsilon: 1e-5, activation: activation)
      #expect(
        result.relativeError(to: reference.map { Reference.activation(activation, $0) }) < 2e-6)
    }
  }

  @Test(arguments: [[1, 1, 1] as Shape, [2, 77, 96], [5, 3, 1281], [300, 320]])
  func layerNorm(shape: Shape) {
    let x = Tensor.random(shape, seed: 1).map { 3 * $0 + 5 }
    let (weight, bias) = (
      Tensor.random([shape[-1]], seed: 2), Tensor.random([shape[-1]], seed: 3)
    )
    let result = x.layerNormalized(weight: weight, bias: bias, epsilon: 1e-5)
    let reference = Reference.layerNorm(x, weight: weight, bias: bias, epsilon: 1e-5)
    #expect(result.relativeError(to: reference) < 2e-6)
  }
}
