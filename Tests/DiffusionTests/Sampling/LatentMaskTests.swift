import Tensor
import Testing

@testable import Diffusion

/// Latents that are made anew in parts.
struct LatentMaskTests {
  /// What `Scripts/reference/masked.py` wrote.
  private struct Fixture: Decodable {
    var weights, latent, noise, sigmas, hard, soft: [Float]

    /// A run of Euler's method.
    func sampled(isSoft: Bool) throws -> [Float] {
      let shape: Shape = [1, 2, 4, 1]
      var settings = SamplingSettings()
      settings.sigmas = sigmas
      settings.noise = Tensor(shape, noise)
      settings.mask = LatentMask(weights: Tensor(shape, weights), isSoft: isSoft)
      return try settings.sample(
        Tensor(shape, latent), model: NoiseSchedule(NoiseScheduleConfiguration()),
        denoise: { x, sigma in x.map { mixtureMean($0, sigma) } }
      ).elements
    }
  }

  private let fixture: Fixture

  init() throws { fixture = try Fixtures.decode("masked.json") }

  @Test(arguments: [false, true]) func equalsTheFormulas(isSoft: Bool) throws {
    let sampled = try fixture.sampled(isSoft: isSoft)
    for (mine, theirs) in zip(sampled, isSoft ? fixture.soft : fixture.hard) {
      #expect(abs(mine - theirs) < 1e-5)
    }
  }

  @Test(arguments: [false, true]) func whatIsNotInTheMaskKeepsItsBits(isSoft: Bool) throws {
    let sampled = try fixture.sampled(isSoft: isSoft)
    for index in fixture.weights.indices {
      #expect((sampled[index] == fixture.latent[index]) == (fixture.weights[index] == 0))
    }
  }
}
