import Testing

@testable import Tensor

@Suite struct LinearTests {
  @Test(arguments: [
    (rows: 1, inputs: 1, outputs: 1), (1, 96, 384), (2, 320, 1280), (3, 33, 65), (4, 17, 130),
    (77, 64, 96), (129, 100, 1), (256, 96, 96), (300, 7, 515),
  ])
  func matchesDefinition(rows: Int, inputs: Int, outputs: Int) {
    let x = Tensor.random([1, rows, inputs], seed: 1)
    let weight = Tensor.random([outputs, inputs], seed: 2)
    for bias in [nil, Tensor.random([outputs], seed: 3)] {
      let result = x.linear(PackedLinear(weight: weight, bias: bias))
      #expect(result.shape == [1, rows, outputs])
      #expect(result.relativeError(to: Reference.linear(x, weight: weight, bias: bias)) < 1e-6)
    }
  }

  @Test func emptyBatchStaysEmpty() {
    let layer = PackedLinear(weight: .random([4, 3], seed: 1), bias: nil)
    #expect(Tensor([0, 3], []).linear(layer).shape == [0, 4])
  }
}
