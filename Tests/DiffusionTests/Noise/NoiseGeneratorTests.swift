import Tensor
import Testing

@testable import Diffusion

struct NoiseGeneratorTests {
  @Test(arguments: NoiseFixture.all?.draws ?? [])
  func equalsTheLibraryBitForBit(draws: NoiseFixture.Draws) throws {
    let library = try #require(NoiseLibrary(rawValue: draws.library))
    var generator = NoiseGenerator(seed: draws.seed, library: library)
    let values = draws.counts.flatMap { generator.normals($0) }
    #expect(values.first == draws.first)
    #expect(values.last == draws.last)
    #expect(fnv1a(values) == UInt64(draws.hash, radix: 16))
  }

  @Test func everyLibraryHasThirtyReferences() {
    for library in NoiseLibrary.allCases {
      let draws = NoiseFixture.all?.draws.filter { $0.library == library.rawValue } ?? []
      #expect(Set(draws.map(\.seed)).count >= 30)
      #expect(Set(draws.map(\.counts)).count >= 30)
    }
  }

  @Test(arguments: NoiseLibrary.allCases) func latentsAreDrawnChannelsFirst(library: NoiseLibrary) {
    var one = NoiseGenerator(seed: 3, library: library)
    var other = NoiseGenerator(seed: 3, library: library)
    let latent = one.noise([1, 2, 3, 4])
    let values = other.normals(24)
    #expect(latent.shape == [1, 2, 3, 4])
    // The second column of the first row, channel 2: in PyTorch's order, 2 * (2 * 3) + 1.
    #expect(latent.elements[4 + 2] == values[2 * 6 + 1])
  }

  @Test(arguments: NoiseLibrary.allCases) func elementsOfABatchHaveTheNextSeeds(
    library: NoiseLibrary
  ) {
    let noise = library.noise([3, 2, 2, 4], seed: 8)
    var last = NoiseGenerator(seed: 10, library: library)
    #expect(noise.shape == [3, 2, 2, 4])
    #expect(noise.slice(2..<3).elements == last.noise([1, 2, 2, 4]).elements)
  }
}
