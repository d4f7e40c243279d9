import Tensor
import Testing

@testable import Diffusion

struct BrownianTreeTests {
  @Test(arguments: NoiseFixture.all?.brownian ?? [])
  func equalsTorchsdeBitForBit(reference: NoiseFixture.Brownian) throws {
    let tree = BrownianTree(
      sigmas: reference.spans.flatMap { $0 } + [0],
      shape: [1, reference.height, reference.width, 4], seed: reference.seed)
    let values = reference.spans.flatMap { span in
      tree.increment(from: span[0], to: span[1]).transposedToChannelsFirst().elements
    }
    #expect(values.first == reference.first)
    #expect(values.last == reference.last)
    #expect(fnv1a(values) == UInt64(reference.hash, radix: 16))
    let last = try #require(reference.spans.last)
    let noise = tree.noise(from: last[0], to: last[1]).elements[
      reference.height * reference.width * 4 - 1]
    #expect(abs(noise - reference.noise) <= reference.noise.magnitude * 2.4e-7)
  }

  /// Increments add up, however the way is divided.
  @Test func partsMakeUpTheWhole() {
    let tree = BrownianTree(sigmas: [8, 0.5], shape: [1, 3, 3, 4], seed: 1)
    let parts = [(8, 3.3), (3.3, 0.9), (0.9, 0.5)].map { tree.increment(from: $0.0, to: $0.1) }
    let sum = parts[0] + parts[1] + parts[2]
    #expect(sum.relativeError(to: tree.increment(from: 8, to: 0.5)) < 1e-5)
    #expect(tree.noise(from: 2, to: 2).elements.allSatisfy { $0 == 0 })
  }

  @Test(arguments: NoiseLibrary.allCases) func noiseHasVarianceOne(library: NoiseLibrary) {
    let tree = BrownianTree(sigmas: [14, 0.03], shape: [1, 32, 32, 4], seed: 1, library: library)
    let values = tree.noise(from: 7, to: 2.7).elements
    let variance = values.reduce(0) { $0 + $1 * $1 } / Float(values.count)
    #expect(abs(variance - 1) < 0.1)
  }
}
