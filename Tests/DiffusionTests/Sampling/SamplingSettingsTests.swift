import Tensor
import Testing

@testable import Diffusion

struct SamplingSettingsTests {
  private let model = NoiseSchedule(NoiseScheduleConfiguration())
  private let shape: Shape = [1, 2, 2, 4]

  /// The first thing that the denoiser sees under these settings, and its noise level.
  private func start(_ settings: SamplingSettings, from latent: Tensor) throws -> (Tensor, Float) {
    var first: (Tensor, Float)?
    _ = try settings.sample(latent, model: model) { x, sigma in
      first = first ?? (x, sigma)
      return x
    }
    return try #require(first)
  }

  @Test(arguments: ScheduleName.allCases) func noiseIsScaledAsTheSchedulesUsersDo(
    name: ScheduleName
  ) throws {
    var settings = SamplingSettings()
    settings.schedule = name
    settings.seed = 11
    let (x, sigma) = try start(settings, from: Tensor(shape, repeating: 0))
    var generator = NoiseGenerator(seed: 11)
    let noise = generator.noise(shape)
    let isScaled =
      name == .leading || name != .trailing && name != .linspace && sigma == model.sigmaMax
    let scale = isScaled ? (1 + sigma * sigma).squareRoot() : sigma
    #expect(x.elements == (noise * scale).elements)
  }

  @Test func aPartialRunStartsFromTheLatent() throws {
    var settings = SamplingSettings()
    settings.denoise = 0.5
    let latent = Tensor(shape, repeating: 2)
    let (x, sigma) = try start(settings, from: latent)
    var generator = NoiseGenerator(seed: 0)
    #expect(x.elements == (latent + generator.noise(shape) * sigma).elements)
    #expect(sigma < model.sigmaMax)
  }

  @Test func noDenoisingGivesTheLatentBack() throws {
    var settings = SamplingSettings()
    settings.denoise = 0
    let latent = Tensor(shape, repeating: 2)
    let result = try settings.sample(latent, model: model) { x, _ in x * 0 }
    #expect(result.elements == latent.elements)
  }

  @Test func stepsAreReported() throws {
    var settings = SamplingSettings()
    settings.steps = 3
    var reports: [[Int]] = []
    _ = try settings.sample(
      Tensor(shape, repeating: 0), model: model, denoise: { x, _ in x },
      finishedStep: { step, count, _ in reports.append([step, count]) })
    #expect(reports == [[1, 3], [2, 3], [3, 3]])
  }

  @Test(arguments: SamplerName.allCases)
  func stepsShowTheCleanLatent(sampler: SamplerName) throws {
    var settings = SamplingSettings()
    settings.steps = 4
    settings.sampler = sampler
    var shown: [[Float]] = []
    let result = try settings.sample(
      Tensor(shape, repeating: 0), model: model, denoise: { x, sigma in x * (1 / (1 + sigma)) },
      finishedStep: { _, _, clean in shown.append(clean.elements) })
    #expect(shown.count == 4)
    // The last step takes away all noise that is left: what it shows is the result.
    #expect(zip(shown[3], result.elements).allSatisfy { abs($0 - $1) < 1e-4 })
  }

  @Test func velocityAndEpsilonSayTheSame() {
    var configuration = NoiseScheduleConfiguration()
    configuration.prediction = .velocity
    let clean = Tensor([1, 1, 1, 2], [0.5, -2])
    let noise = Tensor([1, 1, 1, 2], [1.25, 0.75])
    let sigma: Float = 3
    let x = clean + noise * sigma
    // v = alpha * noise - deviation * clean, with alpha² + deviation² = 1 and sigma = deviation / alpha.
    let alpha = 1 / (1 + sigma * sigma).squareRoot()
    let velocity = noise * alpha - clean * (alpha * sigma)
    let byVelocity = NoiseSchedule(configuration).clean(x, output: velocity, sigma: sigma)
    let byEpsilon = model.clean(x, output: noise, sigma: sigma)
    #expect(byVelocity.relativeError(to: clean) < 1e-6)
    #expect(byEpsilon.relativeError(to: clean) < 1e-6)
  }
}
