import Testing

@testable import Tensor

@Suite struct AttentionTests {
  struct Case: Sendable {
    var samples = 1
    var queries: Int
    var keys: Int
    var heads = 1
    var size: Int
    var isCausal = false
    /// Scores grow with its square; 20 makes the softmax pick single keys.
    var magnitude: Float = 1
  }

  @Test(arguments: [
    Case(queries: 1, keys: 1, size: 1),
    Case(samples: 2, queries: 5, keys: 77, heads: 3, size: 8),
    Case(queries: 130, keys: 1100, heads: 2, size: 40),
    Case(queries: 130, keys: 1100, heads: 2, size: 40, magnitude: 20),
    Case(samples: 2, queries: 77, keys: 77, heads: 4, size: 16, isCausal: true),
    Case(queries: 700, keys: 700, heads: 1, size: 5, isCausal: true, magnitude: 20),
    Case(queries: 9, keys: 4, size: 3, isCausal: true),
    Case(queries: 4, keys: 9, size: 3, isCausal: true),
  ])
  func matchesDefinition(_ test: Case) {
    let width = test.heads * test.size
    let queries = Tensor.random([test.samples, test.queries, width], seed: 1) * test.magnitude
    let keys = Tensor.random([test.samples, test.keys, width], seed: 2) * test.magnitude
    let values = Tensor.random([test.samples, test.keys, width], seed: 3)
    let result = queries.attention(
      keys: keys, values: values, heads: test.heads, isCausal: test.isCausal)
    let reference = Reference.attention(
      queries, keys: keys, values: values, heads: test.heads, isCausal: test.isCausal)
    #expect(result.shape == queries.shape)
    // Scores of a few hundred carry an absolute error that the exponential makes relative.
    #expect(result.relativeError(to: reference) < (test.magnitude > 1 ? 1e-4 : 2e-6))
  }
}
