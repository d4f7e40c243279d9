import Tensor
import Testing

@testable import Diffusion

/// Draws that PyTorch made.
private struct Draws: Decodable, CustomTestStringConvertible {
  var seed: Int
  var counts: [Int]
  var hash: String
  var first: Float
  var last: Float

  var testDescription: String { "seed \(seed), counts \(counts)" }
}

struct NoiseGeneratorTests {
  @Test(arguments: try Fixtures.decode("noise.json", as: [Draws].self))
  private func equalsPyTorchBitForBit(draws: Draws) {
    var generator = NoiseGenerator(seed: draws.seed)
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

  /// The 64-bit hash of Fowler, Noll and Vo over the numbers' bytes.
  private func fnv1a(_ values: [Float]) -> UInt64 {
    values.withUnsafeBytes { bytes in
      bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
  }
}
