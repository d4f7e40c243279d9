import Testing

@testable import Tensor

/// Serialized, because the shared pool's size is everyone's.
@Suite(.serialized) struct DeterminismTests {
  private static let x = Tensor.random([2, 33, 41, 48], seed: 1)
  private static let tokens = x.reshaped(to: [2, 33 * 41, 48])
  private static let channels = Tensor.random([48], seed: 2)
  private static let linear = PackedLinear(weight: .random([200, 48], seed: 3), bias: nil)
  private static let int8Linear = PackedLinear(
    weight: .random([200, 48], seed: 3), bias: .random([200], seed: 6), precision: .int8)
  private static let convolution = PackedConvolution(
    weight: .random([40, 48, 3, 3], seed: 4), bias: nil, padding: 1)

  private static let frugalConvolution = PackedConvolution(
    weight: StoredElements(.random([40, 48, 3, 3], seed: 4)), bias: nil, padding: 1,
    budget: FactorBudget(byteCount: 0))
  private static let gatedLinear = PackedLinear(
    weight: .random([200, 48], seed: 3), bias: nil, isGated: true)

  /// Its windows take more memory than is unfolded at once.
  private static let wideConvolution = PackedConvolution(
    weight: .random([8, 48, 5, 5], seed: 5), bias: nil, padding: 2)

  private static let operators: [(name: String, apply: @Sendable () -> Tensor)] = [
    ("linear", { x.linear(linear) }),
    ("linear of 8 bits", { x.linear(int8Linear, then: .gelu) }),
    (
      "linear, one row",
      { x.reshaped(to: [1, x.shape.count]).slice(0..<48, axis: 1).linear(linear) }
    ),
    ("convolution", { x.convolved(with: convolution) }),
    (
      "convolution in tiles of four",
      { ConvolutionInput(x, isDoubled: true).convolved(with: convolution, plus: nil) }
    ),
    ("convolution with fresh factors", { x.convolved(with: frugalConvolution) }),
    ("gated linear", { x.linear(gatedLinear) }),
    ("convolution in bands", { x.convolved(with: wideConvolution) }),
    (
      "group norm",
      {
        x.groupNormalized(
          groups: 8, weight: channels, bias: channels, epsilon: 1e-5, activation: .silu)
      }
    ),
    ("layer norm", { x.layerNormalized(weight: channels, bias: channels, epsilon: 1e-5) }),
    ("gelu", { x.activated(.gelu) }),
    ("gated gelu", { x.gatedGELU() }),
    ("softmax", { x.softmax() }),
    ("attention", { tokens.attention(keys: tokens, values: tokens, heads: 6) }),
    (
      "causal attention",
      { tokens.attention(keys: tokens, values: tokens, heads: 2, isCausal: true) }
    ),
    (
      "attention over a packed context",
      {
        let text = tokens.slice(0..<77, axis: 1)
        return tokens.attention(over: PackedContext(keys: text, values: text, heads: 3))
      }
    ),
    ("sum", { x + x }),
    ("upsampled", { x.upsampledNearest(to: 70, width: 90) }),
    ("transposed", { x.transposedToChannelsFirst() }),
  ]

  @Test(arguments: operators.map(\.name))
  func sameBitsOnAnyNumberOfThreads(name: String) throws {
    let apply = try #require(Self.operators.first { $0.name == name }).apply
    let before = ThreadPool.shared.threadCount
    defer { ThreadPool.shared.setThreadCount(before) }
    let results = [1, 2, 3, 8].map { threads in
      ThreadPool.shared.setThreadCount(threads)
      return apply().elements.map(\.bitPattern)
    }
    #expect(results.allSatisfy { $0 == results[0] })
  }
}
