import Foundation
import Tensor
import Testing

@testable import Diffusion

struct SamplerTests {
  @Test(arguments: SamplingFixture.trajectories)
  func trajectoryEqualsTheReference(
    reference: SamplingFixture.Run, trajectory: SamplingFixture.Trajectory
  ) throws {
    let sampler = try #require(SamplerName(rawValue: trajectory.sampler))
    let shape: Shape = [1, 1, reference.start.count, 1]
    var (seen, spans): ([(Float, [Float])], [[Float]]) = ([], [])
    let run = SamplerRun(
      sigmas: reference.sigmas,
      denoise: { x, sigma in
        seen.append((sigma, x.elements))
        return Tensor(shape, x.elements.map { mixtureMean($0, sigma) })
      },
      noise: { sigma, next in
        spans.append([sigma, next])
        return Tensor(shape, reference.noise[spans.count - 1])
      })
    let result = try sampler.sample(Tensor(shape, reference.start), run)
    #expect(seen.count == trajectory.seen.count)
    for ((sigma, mine), theirs) in zip(seen, trajectory.seen) {
      #expect(relativeError([sigma], [theirs[0]]) < 1e-6)
      #expect(relativeError(mine, Array(theirs.dropFirst())) < 1e-5)
    }
    #expect(relativeError(result.elements, trajectory.result) < 1e-5)
    #expect(spans.count == trajectory.spans.count)
    for (mine, theirs) in zip(spans, trajectory.spans) {
      #expect(relativeError(mine, theirs) < 1e-6)
    }
  }

  @Test func everySamplerHasAReference() {
    let names = Set(SamplingFixture.trajectories.map(\.1.sampler))
    #expect(names == Set(SamplerName.allCases.map(\.rawValue)))
  }

  /// The schedule `leading` begins with two equal levels where it has as many steps as the training.
  @Test(arguments: SamplerName.allCases) func equalLevelsChangeNothing(name: SamplerName) throws {
    func result(_ sigmas: [Float]) throws -> [Float] {
      let run = SamplerRun(
        sigmas: sigmas, denoise: { x, sigma in x * (1 / (1 + sigma * sigma)) },
        noise: { _, _ in Tensor([1, 1, 1, 1], [0]) })
      return try name.sample(Tensor([1, 1, 1, 1], [3]), run).elements
    }
    let (doubled, plain) = (try result([8, 8, 4, 0]), try result([8, 4, 0]))
    #expect(doubled == plain)
  }

  @Test(arguments: SamplerName.allCases) func whatAStepThrowsEndsTheRun(name: SamplerName) {
    var steps: [Int] = []
    let run = SamplerRun(
      sigmas: [8, 4, 2, 1, 0], denoise: { x, _ in x },
      noise: { _, _ in Tensor([1, 1, 1, 1], [0]) },
      finishedStep: { step, _ in
        steps.append(step)
        if step == 2 { throw CancellationError() }
      })
    #expect(throws: CancellationError.self) { try name.sample(Tensor([1, 1, 1, 1], [3]), run) }
    #expect(steps == [1, 2])
  }
}

/// The mean of the clean value in `x`, for the mixture of two normal ones of `samplers.py`.
func mixtureMean(_ x: Float, _ sigma: Float) -> Float {
  let (x, noise) = (Double(x), Double(sigma) * Double(sigma))
  let parts = [(0.3, -1.2, 0.35), (0.7, 0.8, 0.5)].map { weight, mean, deviation in
    let variance = deviation * deviation + noise
    let log =
      Foundation.log(weight) - (x - mean) * (x - mean) / (2 * variance)
      - Foundation.log(variance) / 2
    return (log: log, mean: (mean * noise + x * deviation * deviation) / variance)
  }
  let top = parts.map(\.log).max() ?? 0
  let weights = parts.map { exp($0.log - top) }
  return Float(zip(weights, parts).reduce(0) { $0 + $1.0 * $1.1.mean } / weights.reduce(0, +))
}
