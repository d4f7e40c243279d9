import Tensor
import Testing

@testable import Diffusion

/// Offset, pyramid and mixed noise against PyTorch's.
struct MadeNoiseTests {
  private let reference: NoiseFixture.Made
  private let shape: Shape = [1, 6, 10, 4]

  init() throws {
    reference = try #require(NoiseFixture.all?.made.first)
  }

  private func noise(_ offset: Int) -> Tensor {
    NoiseLibrary.cpu.noise(shape, seed: reference.seed + offset)
  }

  @Test func offsetNoiseIsOneNumberForEachChannel() {
    let made = offsetNoise(noise(0), strength: 0.25, seed: reference.seed + 2)
    #expect(relativeError(made.transposedToChannelsFirst().elements, reference.offset) < 1e-6)
  }

  @Test func pyramidNoiseHasCoarserNoiseToo() {
    let made = pyramidNoise(noise(0), discount: 0.75, seed: reference.seed + 3)
    #expect(relativeError(made.transposedToChannelsFirst().elements, reference.pyramid) < 1e-5)
  }

  @Test func mixedNoiseLiesOnTheArc() {
    let made = mixedNoise(noise(0), noise(1), amount: 0.3)
    #expect(relativeError(made.transposedToChannelsFirst().elements, reference.mixed) < 1e-5)
    #expect(mixedNoise(noise(0), noise(1), amount: 0).elements == noise(0).elements)
    #expect(mixedNoise(noise(0), noise(0), amount: 0.5).relativeError(to: noise(0)) < 1e-6)
  }

  @Test func elementsOfABatchAreMadeAlone() {
    let batch = NoiseLibrary.cpu.noise([2, 6, 10, 4], seed: 1)
    let second = batch.slice(1..<2)
    let offset = offsetNoise(batch, strength: 0.1, seed: 5).slice(1..<2)
    #expect(offset.elements == offsetNoise(second, strength: 0.1, seed: 6).elements)
    let pyramid = pyramidNoise(batch, discount: 0.5, seed: 5).slice(1..<2)
    #expect(pyramid.elements == pyramidNoise(second, discount: 0.5, seed: 6).elements)
    let mixed = mixedNoise(batch, batch * -0.5, amount: 0.4).slice(1..<2)
    #expect(mixed.elements == mixedNoise(second, second * -0.5, amount: 0.4).elements)
  }
}
