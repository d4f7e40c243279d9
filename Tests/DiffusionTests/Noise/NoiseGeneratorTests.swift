import Tensor
import Testing

@testable import Diffusion

/// Draws that PyTorch or NumPy made.
private struct Draws: Decodable, CustomTestStringConvertible {
  var source: String
  var seed: Int
  var counts: [Int]
  var hash: String
  var first: Float
  var last: Float

  var testDescription: String { "\(source), seed \(seed), counts \(counts)" }
}

struct NoiseGeneratorTests {
  @Test(arguments: try Fixtures.decode("noise.json", as: [Draws].self))
  private func equalsTheLibraryBitForBit(draws: Draws) throws {
    var generator = NoiseGenerator(
      try #require(NoiseSource(rawValue: draws.source)), seed: draws.seed)
    let values = draws.counts.flatMap { generator.normals($0) }
    #expect(values.first == draws.first)
    #expect(values.last == draws.last)
    #expect(fnv1a(values) == UInt64(draws.hash, radix: 16))
  }

  @Test func latentsAreDrawnChannelsFirst() {
    var one = NoiseGenerator(seed: 3)
    var other = NoiseGenerator(seed: 3)
    let latent = one.noise([1, 2, 3, 4])
    let values = other.normals(24)
    #expect(latent.shape == [1, 2, 3, 4])
    // The second column of the first row, channel 2: in PyTorch's order, 2 * (2 * 3) + 1.
    #expect(latent.elements[4 + 2] == values[2 * 6 + 1])
  }
}
