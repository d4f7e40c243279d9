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

  @Test(arguments: [DType.float16, .bfloat16, .float32], [1, 5, 40])
  func storedWeights(dtype: DType, rows: Int) {
    // More inputs than a panel is read at once.
    let x = Tensor.random([rows, 1100], seed: 1)
    let weight = StoredElements.random([70, 1100], as: dtype, seed: 2)
    let result = x.linear(PackedLinear(weight: weight, bias: nil))
    let reference = Reference.linear(x, weight: weight.read(), bias: nil)
    #expect(result.relativeError(to: reference) < 3e-6)
  }

  @Test(arguments: [1, 13, 200], [(40, 33), (1030, 96)])
  func finishesTheProduct(rows: Int, size: (inputs: Int, outputs: Int)) {
    let x = Tensor.random([rows, size.inputs], seed: 1)
    let weight = Tensor.random([size.outputs, size.inputs], seed: 2)
    let bias = Tensor.random([size.outputs], seed: 3)
    let addend = Tensor.random([rows, size.outputs], seed: 4)
    let layer = PackedLinear(weight: weight, bias: bias)
    let product = Reference.linear(x, weight: weight, bias: bias)
    let sum = zip(product, addend.doubles).map(+)
    for activation in Activation.allCases {
      let reference = sum.map { Reference.activation(activation, $0) }
      let result = x.linear(layer, plus: addend, then: activation)
      #expect(result.relativeError(to: reference) < 2e-6)
    }
  }

  @Test(arguments: [1, 13, 200], [2, 34, 64, 130])
  func gatesTheProduct(rows: Int, outputs: Int) {
    let x = Tensor.random([rows, 40], seed: 1)
    let weight = Tensor.random([outputs, 40], seed: 2)
    let bias = Tensor.random([outputs], seed: 3)
    let result = x.linear(PackedLinear(weight: weight, bias: bias, isGated: true))
    let product = Reference.linear(x, weight: weight, bias: bias)
    let halves = Tensor([rows, outputs], product.map(Float.init))
    #expect(result.shape == [rows, outputs / 2])
    #expect(result.relativeError(to: Reference.gatedGELU(halves)) < 2e-6)
  }

  @Test func emptyBatchStaysEmpty() {
    let layer = PackedLinear(weight: .random([4, 3], seed: 1), bias: nil)
    #expect(Tensor([0, 3], []).linear(layer).shape == [0, 4])
  }
}
