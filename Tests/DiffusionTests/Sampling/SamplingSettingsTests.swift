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
    // The last step takes away all noise that is left: what it shows is the result. It is not where the last step
    // looks at slopes further back too, and UniPC leaves noise of 0.001.
    if sampler == .lms || sampler == .ipndm { return }
    let left: Float = sampler == .uniPC || sampler == .uniPCBH2 ? 0.01 : 1e-4
    #expect(zip(shown[3], result.elements).allSatisfy { abs($0 - $1) < left })
  }

  private func batch(_ settings: SamplingSettings, _ latent: Tensor) throws -> Tensor {
    try settings.sample(latent, model: model) { x, sigma in x * (1 / (1 + sigma * sigma)) }
  }

  @Test(arguments: SamplerName.allCases, NoiseLibrary.allCases)
  func elementsOfABatchEqualSingleRuns(sampler: SamplerName, library: NoiseLibrary) throws {
    var settings = SamplingSettings(seed: 5, steps: 3, denoise: 0.8)
    settings.sampler = sampler
    settings.library = library
    let latent = Tensor([3, 2, 2, 4], (0..<48).map { Float($0) / 48 })
    let together = try batch(settings, latent)
    for index in 0..<3 {
      settings.seed = 5 + index
      let alone = try batch(settings, latent.slice(index..<index + 1))
      #expect(together.slice(index..<index + 1).elements == alone.elements)
    }
  }

  @Test func aRunInTwoPartsEqualsOneRun() throws {
    var whole = SamplingSettings(seed: 3, steps: 8)
    whole.schedule = .karras
    let empty = Tensor(shape, repeating: 0)
    var (first, second) = (whole, whole)
    (first.endStep, first.keepsNoise) = (3, true)
    (second.startStep, second.addsNoise) = (3, false)
    let halfway = try batch(first, empty)
    #expect(first.levels(model) == Array(whole.levels(model).prefix(4)))
    #expect(second.levels(model) == Array(whole.levels(model).dropFirst(3)))
    #expect(try batch(second, halfway).elements == batch(whole, empty).elements)
  }

  @Test func anEarlyEndGoesToZeroUnlessNoiseIsKept() {
    var settings = SamplingSettings(steps: 8)
    settings.endStep = 3
    #expect(settings.levels(model) == levelsOfEight(3) + [0])
    settings.endStep = 8
    #expect(settings.levels(model).count == 9)
    settings.startStep = 8
    #expect(settings.levels(model) == [])
    settings.endStep = 0
    #expect(settings.levels(model) == [])
  }

  private func levelsOfEight(_ count: Int) -> [Float] {
    Array(ScheduleName.normal.sigmas(model, steps: 8).prefix(count))
  }

  @Test func levelsAndNoiseCanBeGiven() throws {
    var settings = SamplingSettings(seed: 4, steps: 20)
    settings.sigmas = [5, 2, 0]
    let noise = Tensor(shape, repeating: 0.5)
    settings.noise = noise
    let (x, sigma) = try start(settings, from: Tensor(shape, repeating: 1))
    #expect(sigma == 5)
    #expect(x.elements == Tensor(shape, repeating: 3.5).elements)
    let mismatch = NoiseShapeMismatch(latent: [2, 2, 3, 4], noise: shape)
    #expect(throws: mismatch) { try batch(settings, Tensor([2, 2, 3, 4], repeating: 0)) }
    #expect(mismatch.description.contains("[1, 2, 2, 4]"))
  }

  @Test func otherLibrariesGiveOtherNoise() throws {
    var settings = SamplingSettings(seed: 4)
    let starts = try NoiseLibrary.allCases.map { library in
      settings.library = library
      return try start(settings, from: Tensor(shape, repeating: 0)).0.elements
    }
    #expect(Set(starts).count == 3)
  }

  @Test(arguments: SamplingFixture.all?.predictions ?? [])
  func edmNetworksAreReadAsDiffusersDoes(reference: SamplingFixture.Prediction) throws {
    var configuration = NoiseScheduleConfiguration()
    configuration.edm = EDMFormulation()
    configuration.prediction = try #require(PredictionType(rawValue: reference.prediction))
    let schedule = NoiseSchedule(configuration)
    let x = Tensor([1], [1.5])
    let input = schedule.scaledInput(x, sigma: reference.sigma)
    let clean = schedule.clean(x, output: Tensor([1], [-0.75]), sigma: reference.sigma)
    #expect(abs(input.elements[0] - reference.input) < 1e-6 * abs(reference.input))
    #expect(abs(clean.elements[0] - reference.clean) < 1e-6)
    #expect(abs(schedule.timestep(of: reference.sigma) - reference.timestep) < 1e-6)
    let back = schedule.sigma(at: Double(schedule.timestep(of: reference.sigma)))
    #expect(abs(back - reference.sigma) < 1e-5 * reference.sigma)
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
