import Testing

@testable import Diffusion

struct ScheduleTests {
  @Test(arguments: SamplingFixture.all?.models ?? [])
  func modelLevelsEqualTheReference(model: SamplingFixture.Model) throws {
    var configuration = NoiseScheduleConfiguration()
    configuration.betaStart = model.betaStart
    configuration.betaEnd = model.betaEnd
    configuration.betaCurve = try #require(BetaCurve(rawValue: model.betaSchedule))
    configuration.trainingSteps = model.numTrainTimesteps
    configuration.rescalesToZeroTerminalSNR = model.rescaleBetasZeroSnr
    let sigmas = NoiseSchedule(configuration).sigmas
    for (index, expected) in model.sigmas.enumerated() {
      // Each is held to itself. Near the first, the last bit of an f32 product is 7e-5 of sigma: within
      // this tolerance, the products are PyTorch's bit for bit there.
      #expect(abs(Double(sigmas[index * 111]) - expected) < 1e-5 * expected, "step \(index * 111)")
    }
  }

  @Test(arguments: SamplingFixture.all?.schedules ?? [])
  func levelsEqualTheReference(schedule: SamplingFixture.Schedule) throws {
    var configuration = NoiseScheduleConfiguration()
    configuration.leadingOffset = schedule.offset
    configuration.edm = schedule.edm ? EDMFormulation() : nil
    let name = try #require(ScheduleName(rawValue: schedule.name))
    let sigmas = name.sigmas(NoiseSchedule(configuration), steps: schedule.steps)
    #expect(relativeError(sigmas, schedule.sigmas) < 1e-5)
  }

  @Test func everyScheduleHasAReference() {
    let names = Set(SamplingFixture.all?.schedules.map(\.name) ?? [])
    #expect(names == Set(ScheduleName.allCases.map(\.rawValue)))
  }

  @Test(arguments: ScheduleName.allCases) func levelsFallToZero(name: ScheduleName) {
    let model = NoiseSchedule(NoiseScheduleConfiguration())
    for steps in [1, 2, 3, 30, 1000] {
      let sigmas = name.sigmas(model, steps: steps)
      #expect(sigmas.last == 0)
      #expect(zip(sigmas, sigmas.dropFirst()).allSatisfy { $0 >= $1 })
      switch name {
      case .beta: #expect(sigmas.count <= steps + 1)
      case .ddimUniform: #expect(sigmas.count > min(steps, 998))
      default: #expect(sigmas.count == steps + 1)
      }
    }
  }

  @Test(arguments: ScheduleName.allCases)
  func denoiseTakesTheLastStepsOfALongerRun(name: ScheduleName) {
    let model = NoiseSchedule(NoiseScheduleConfiguration())
    let part = name.sigmas(model, steps: 6, denoise: 0.3)
    #expect(part == Array(name.sigmas(model, steps: 20).suffix(7)))
    #expect(name.sigmas(model, steps: 6, denoise: 0) == [])
    #expect(name.sigmas(model, steps: 900, denoise: 0.1).count <= 1001)
  }

  @Test(arguments: ScheduleName.allCases, [1e-3, 1e-300])
  func aTinyDenoiseEndsNearTheSmallestLevel(name: ScheduleName, denoise: Double) {
    let model = NoiseSchedule(NoiseScheduleConfiguration())
    let sigmas = name.sigmas(model, steps: 3, denoise: denoise)
    #expect(sigmas.count == 4)
    #expect(sigmas.allSatisfy { $0 < model.sigmaMin * 3 })
  }

  @Test(arguments: ScheduleName.allCases)
  func thePenultimateLevelIsThatOfALongerRun(name: ScheduleName) {
    let model = NoiseSchedule(NoiseScheduleConfiguration())
    let longer = name.sigmas(model, steps: 8)
    let skipped = name.sigmas(model, steps: 7, skipsPenultimate: true)
    #expect(skipped == Array(longer.dropLast(2) + [0]))
  }

  /// The quantiles against SciPy's are in the schedule `beta`; here is their inverse.
  @Test func theBetaDistributionIsSymmetric() {
    let distribution = SymmetricBeta(parameter: 0.6)
    for x in stride(from: 0.0, through: 1, by: 0.0625) {
      let sum = distribution.probability(upTo: x) + distribution.probability(upTo: 1 - x)
      #expect(abs(sum - 1) < 1e-14)
    }
    // scipy.stats.beta.cdf(0.1, 0.6, 0.6)
    #expect(abs(distribution.probability(upTo: 0.1) - 0.17604725434603785) < 1e-13)
    #expect(distribution.nearestStep(1, of: 999) == 999)
  }

  @Test func timestepsAndLevelsAreInverse() {
    let model = NoiseSchedule(NoiseScheduleConfiguration())
    for step in stride(from: 0, to: 1000, by: 37) {
      #expect(model.timestep(of: model.sigmas[step]) == Float(step))
    }
    for timestep in [0.25, 17.5, 640.125, 998.75] {
      #expect(abs(model.timestep(of: model.sigma(at: timestep)) - Float(timestep)) < 2e-3)
    }
    #expect(model.timestep(of: model.sigmaMax * 2) == 999)
    #expect(model.timestep(of: model.sigmaMin / 2) == 0)
  }
}
