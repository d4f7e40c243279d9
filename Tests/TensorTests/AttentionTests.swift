import CKernels
import Glibc
import Testing

@testable import Tensor

/// Every kernel for this processor, against the definition in double precision.
@Suite struct AttentionTests {
  @Test(arguments: AttentionCase.chosen + AttentionCase.random)
  func matchesDefinition(_ test: AttentionCase) {
    let (queries, keys, values) = (test.queryTensor, test.keyTensor, test.valueTensor)
    let reference = Reference.attention(
      queries, keys: keys, values: values, heads: test.heads, isCausal: test.isCausal)
    // Scores of a few hundred carry an absolute error that the exponential makes relative.
    let tolerance = test.magnitude > 1 ? 1e-4 : 2e-6
    let result = queries.attention(
      keys: keys, values: values, heads: test.heads, isCausal: test.isCausal)
    #expect(result.shape == queries.shape)
    #expect(result.relativeError(to: reference) < tolerance)
    for table in KernelTable.runnable {
      let result = test.attention(by: table, queries, keys, values)
      #expect(result.relativeError(to: reference) < tolerance, "\(String(cString: table.name))")
    }
  }

  @Test func aContextThatWasPackedBeforeGivesTheSameBits() {
    let (x, text) = (Tensor.random([2, 70, 80], seed: 1), Tensor.random([2, 77, 80], seed: 2))
    let context = PackedContext(keys: text, values: text * 2, heads: 2)
    let expected = x.attention(keys: text, values: text * 2, heads: 2).elements
    #expect(x.attention(over: context).elements == expected)
    #expect(x.attention(over: context).elements == expected)
    #expect(context.byteCount == 2 * text.byteCount)
  }

  /// Not even keys of scores that overflow, with values that would drown all others.
  @Test(arguments: [1, 5, 31, 32, 33, 190, 250, 299])
  func laterKeysContributeNothing(seen: Int) {
    let (count, size) = (300, 24)
    let x = Tensor.random([1, count, size], seed: 1)
    let loud = Tensor.concatenating(
      [x.slice(0..<seen, axis: 1), x.slice(seen..<count, axis: 1) * 1e19], axis: 1)
    let plain = x.attention(keys: x, values: x, heads: 1, isCausal: true)
    let result = x.attention(keys: loud, values: loud, heads: 1, isCausal: true)
    #expect(
      result.slice(0..<seen, axis: 1).elements == plain.slice(0..<seen, axis: 1).elements)
  }

  @Test func aNumberThatIsNoneStaysInItsRow() {
    let x = Tensor.random([1, 40, 16], seed: 1)
    let broken = Tensor.concatenating(
      [x.slice(0..<39, axis: 1), x.slice(39..<40, axis: 1) * .nan], axis: 1)
    let result = broken.attention(keys: x, values: x, heads: 1)
    #expect(result.slice(0..<39, axis: 1).elements.allSatisfy { $0.isFinite })
    #expect(result.slice(39..<40, axis: 1).elements.allSatisfy { $0.isNaN })
  }

  /// Over all that the softmax asks for: differences from the largest score.
  @Test func theExponentialIsWithinTwoAndAHalfUnits() {
    let x = stride(from: Float(1e-9).bitPattern, through: Float(126).bitPattern, by: 1009)
      .map { -Float(bitPattern: $0) }
    for table in KernelTable.runnable {
      let worst = zip(x, table.exponentials2(of: x)).map { x, y in
        let exact = exp2(Double(x))
        return abs(Double(y) - exact) / Double(Float(exact).ulp)
      }.max()
      #expect((worst ?? .infinity) < 2.5, "\(String(cString: table.name))")
      let special = table.exponentials2(of: [0, -127.5, -1e30, -.infinity, .nan])
      #expect(Array(special[..<4]) == [1, 0, 0, 0] && special[4].isNaN)
    }
  }
}
