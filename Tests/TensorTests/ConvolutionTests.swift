import CKernels
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
    // By Winograd's method: tiles of two and of four, with tails in all directions, and no padding above.
    Case(input: [1, 9, 6, 16], outputs: 33),
    Case(input: [2, 13, 15, 33], outputs: 50),
    Case(input: [1, 31, 29, 40], outputs: 37),
    Case(input: [3, 16, 12, 20], outputs: 3, padding: Padding(left: 1, bottom: 1, right: 1)),
    Case(input: [1, 22, 25, 17], outputs: 32, padding: 2),
    Case(input: [4, 8, 8, 70], outputs: 65),
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
      #expect(x.convolved(with: kernel).relativeError(to: reference) < 3e-6)
    }
  }

  @Test func methodsAreChosenByShape() {
    let method = { (inputs: Int, side: Int) in
      ConvolutionMethod(
        for: PackedConvolution(
          weight: Tensor([8, inputs, 3, 3], repeating: 0), bias: nil, padding: 1), samples: 1,
        size: (side, side))
    }
    guard !kernels_prefer_openblas() else {
      #expect(method(64, 64) == .unfolded)
      return
    }
    #expect(method(4, 64) == .unfolded)
    #expect(method(64, 4) == .unfolded)
    #expect(method(64, 16) == .winograd(points: 4))
    #expect(method(64, 64) == .winograd(points: 6))
  }

  /// What is fused into the reading and the writing, against the operators one after the other.
  @Test(
    arguments: [
      [2, 13, 14, 33], [1, 30, 33, 40], [2, 4, 4, 20], [1, 9, 8, 3],
    ] as [Shape], [false, true])
  func readsAndWritesMore(shape: Shape, isDoubled: Bool) {
    let (samples, channels) = (shape[0], shape[3])
    let x = Tensor.random(shape, seed: 1)
    let weight = Tensor.random([37, channels, 3, 3], seed: 2)
    let kernel = PackedConvolution(weight: weight, bias: .random([37], seed: 3), padding: 1)
    let factor = isDoubled ? 2 : 1
    let normalization = ChannelNormalization(
      scale: .random([samples, channels], seed: 4), shift: .random([samples, channels], seed: 5))
    let vectors = Tensor.random([samples, 37], seed: 6)
    let addend = Tensor.random([samples, factor * shape[1], factor * shape[2], 37], seed: 7)

    let result = ConvolutionInput(
      x, isDoubled: isDoubled, normalization: normalization, then: .silu
    ).convolved(with: kernel, shiftedBy: vectors, plus: addend)

    let normalized = (x.multiplied(perChannel: normalization.scale))
      .adding(perChannel: normalization.shift).activated(.silu)
    let seen =
      isDoubled
      ? normalized.upsampledNearest(to: 2 * shape[1], width: 2 * shape[2]) : normalized
    let sum = Reference.convolution(
      seen, weight: weight, bias: .random([37], seed: 3), stride: 1, padding: 1)
    let shifted = addend.adding(perChannel: vectors).doubles
    #expect(result.relativeError(to: zip(sum, shifted).map(+)) < 3e-6)
  }

  /// f16 and bf16 weights are packed as they are stored, and factors that do not fit are made anew.
  @Test(arguments: [DType.float16, .bfloat16, .float32], [0, 1 << 30])
  func storedWeights(dtype: DType, budget: Int) {
    let x = Tensor.random([1, 24, 23, 40], seed: 1)
    let stored = StoredElements.random([35, 40, 3, 3], as: dtype, seed: 2)
    let kernel = PackedConvolution(
      weight: stored, bias: nil, padding: 1, budget: FactorBudget(byteCount: budget))
    let reference = Reference.convolution(
      x, weight: stored.read(), bias: nil, stride: 1, padding: 1)
    #expect(x.convolved(with: kernel).relativeError(to: reference) < 3e-6)
  }

  @Test func keptFactorsAndFreshOnesGiveTheSameBits() {
    let x = Tensor.random([1, 24, 23, 40], seed: 1)
    let weight = StoredElements(.random([35, 40, 3, 3], seed: 2))
    let results = [0, 1 << 30].map { budget in
      x.convolved(
        with: PackedConvolution(
          weight: weight, bias: nil, padding: 1, budget: FactorBudget(byteCount: budget))
      ).elements
    }
    #expect(results[0] == results[1])
  }
}
