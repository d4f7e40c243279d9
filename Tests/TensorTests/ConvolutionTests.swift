import Testing

@testable import Tensor

@Suite struct ConvolutionTests {
  struct Case: Sendable {
    var input: Shape
    var outputs: Int
    var kernel = (height: 3, width: 3)
    var stride = 1
    var padding: Padding = 1
  }

  @Test(arguments: [
    Case(input: [1, 1, 1, 1], outputs: 1),
    Case(input: [2, 5, 7, 3], outputs: 4),
    Case(input: [1, 9, 6, 16], outputs: 33),
    Case(input: [2, 6, 5, 8], outputs: 5, kernel: (1, 1), padding: 0),
    Case(input: [1, 6, 5, 8], outputs: 5, kernel: (1, 1), padding: 1),
    Case(input: [1, 7, 7, 4], outputs: 6, kernel: (1, 1), stride: 2, padding: 0),
    Case(input: [1, 8, 8, 4], outputs: 6, stride: 2),
    Case(input: [1, 8, 9, 4], outputs: 6, stride: 2, padding: Padding(bottom: 1, right: 1)),
    Case(input: [1, 4, 3, 2], outputs: 3, kernel: (2, 5), padding: Padding(left: 3, right: 1)),
    Case(input: [1, 4, 4, 2], outputs: 3, padding: 5),
    Case(input: [1, 20, 20, 3], outputs: 2, kernel: (16, 16), stride: 4, padding: 0),
    // More than the unfolded matrix may take: cut into bands, one of them across two samples.
    Case(input: [2, 61, 67, 32], outputs: 3),
  ])
  func matchesDefinition(_ test: Case) {
    let x = Tensor.random(test.input, seed: 1)
    let weight = Tensor.random(
      [test.outputs, test.input[3], test.kernel.height, test.kernel.width], seed: 2)
    for bias in [nil, Tensor.random([test.outputs], seed: 3)] {
      let kernel = PackedConvolution(
        weight: weight, bias: bias, stride: test.stride, padding: test.padding)
      let reference = Reference.convolution(
        x, weight: weight, bias: bias, stride: test.stride, padding: test.padding)
      #expect(x.convolved(with: kernel).relativeError(to: reference) < 1e-6)
    }
  }
}
