import Tensor
import Testing

@testable import Diffusion

@Suite struct RandomWeightsTests {
  /// The published numbers of parameters.
  @Test(arguments: [
    (UNetConfiguration.stableDiffusion15, 859_520_964), (.stableDiffusion21, 865_910_724),
    (.stableDiffusionXL, 2_567_463_684),
  ])
  func unetsHaveTheirParameters(configuration: UNetConfiguration, count: Int) {
    #expect(requested { _ = UNet($0, configuration) } == count)
  }

  @Test(arguments: [
    (TextEncoderConfiguration.clipL, 123_060_480), (.openCLIPH, 340_387_840),
    (.openCLIPBigG, 694_659_840),
  ])
  func textEncodersHaveTheirParameters(configuration: TextEncoderConfiguration, count: Int) {
    #expect(requested { _ = TextEncoder($0, configuration) } == count)
  }

  @Test func theAutoencoderHasItsParameters() {
    #expect(requested { _ = VAE($0, .stableDiffusion) } == 83_653_863)
  }

  @Test func aTensorDependsOnItsKeyAndTheSeed() {
    func elements(_ key: String, seed: UInt64) -> [Float] {
      RandomWeights(seed: seed).tensor(key, [64, 32]).elements
    }
    #expect(elements("a.weight", seed: 1) == elements("a.weight", seed: 1))
    #expect(elements("a.weight", seed: 1) != elements("b.weight", seed: 1))
    #expect(elements("a.weight", seed: 1) != elements("a.weight", seed: 2))
  }

  /// One over the root of the fan-in for matrices and kernels, little for biases, about one for norms.
  @Test(
    arguments: [
      ("weight", [256, 1024], 0, 1 / 32), ("weight", [64, 64, 3, 3], 0, 1 / 24),
      ("bias", [65_536], 0, 0.02), ("weight", [65_536], 1, 0.02),
    ] as [(String, [Int], Double, Double)])
  func valuesAreOfASizeThatKeepsLayersFinite(
    key: String, sizes: [Int], mean: Double, deviation: Double
  ) {
    let elements = RandomWeights(seed: 3).tensor(key, Shape(sizes)).elements.map(Double.init)
    let found = elements.reduce(0, +) / Double(elements.count)
    let squares = elements.reduce(0) { $0 + ($1 - found) * ($1 - found) }
    #expect(abs(found - mean) < deviation / 50)
    #expect(abs((squares / Double(elements.count)).squareRoot() / deviation - 1) < 0.02)
  }

  private func requested(by build: (Weights) -> Void) -> Int {
    let archive = WeightArchive(RandomWeights(seed: 1))
    build(Weights(archive))
    #expect(archive.problems.isEmpty)
    return archive.requestedCount
  }
}
