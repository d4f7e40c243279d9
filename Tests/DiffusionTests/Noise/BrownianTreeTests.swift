import Tensor
import Testing

@testable import Diffusion

/// Steps through a Brownian motion that torchsde made.
private struct Walk: Decodable, CustomTestStringConvertible {
  struct Step: Decodable {
    /// Of the motion's increment.
    var hash: String
    /// Of the noise.
    var first: Float
  }

  var seed: Int
  /// `[1, C, h, w]`.
  var shape: [Int]
  var sigmas: [Float]
  var steps: [Step]

  var testDescription: String { "seed \(seed), \(sigmas.count) levels" }

  var tree: BrownianTree {
    BrownianTree(
      shape: [1, shape[2], shape[3], shape[1]], seed: seed, sigmaMin: sigmas.last ?? 0,
      sigmaMax: sigmas[0])
  }
}

struct BrownianTreeTests {
  @Test(arguments: try Fixtures.decode("brownian.json", as: [Walk].self))
  private func equalsTorchsdeBitForBit(walk: Walk) {
    for (step, (sigma, next)) in zip(walk.steps, zip(walk.sigmas, walk.sigmas.dropFirst())) {
      let increment = walk.tree.increment(from: sigma, to: next).transposedToChannelsFirst()
      let noise = walk.tree.noise(from: sigma, to: next).elements
      #expect(fnv1a(increment.elements) == UInt64(step.hash, radix: 16), "\(sigma) to \(next)")
      #expect(abs(noise[0] / step.first - 1) < 2e-7, "\(sigma) to \(next)")
    }
  }

  @Test func theMotionDoesNotDependOnTheSteps() {
    let tree = BrownianTree(shape: [1, 4, 4, 4], seed: 3, sigmaMin: 1, sigmaMax: 9)
    let parts =
      tree.noise(from: 9, to: 6.5) * Float(2.5).squareRoot() + tree.noise(from: 6.5, to: 5)
      * Float(1.5).squareRoot()
    let whole = tree.noise(from: 9, to: 5) * 2
    #expect(parts.relativeError(to: whole) < 1e-5)
  }

  @Test func equalLevelsGiveNoNoise() {
    let tree = BrownianTree(shape: [1, 1, 1, 4], seed: 3, sigmaMin: 1, sigmaMax: 9)
    #expect(tree.noise(from: 5, to: 5).elements == [0, 0, 0, 0])
  }
}
