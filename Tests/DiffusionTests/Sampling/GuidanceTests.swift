import Tensor
import Testing

@testable import Diffusion

struct GuidanceTests {
  /// What `Scripts/reference/guidance.py` wrote.
  struct Rescaling: Decodable, CustomTestStringConvertible {
    var sigma: Float
    var cfg: Float
    var rescale: Float
    var shape: [Int]
    var x, positive, negative, guided: [Double]

    var testDescription: String { "cfg \(cfg), rescaled by \(rescale), at \(sigma)" }

    func tensor(_ path: KeyPath<Rescaling, [Double]>) -> Tensor {
      Tensor(Shape(shape), self[keyPath: path].map { Float($0) }).transposedToChannelsLast()
    }

    static let all = (try? Fixtures.decode("guidance/rescale.json", as: [Rescaling].self)) ?? []
  }

  @Test func fixturesAreThere() { #expect(Rescaling.all.count == 4) }

  @Test(arguments: Rescaling.all) func guidanceIsRescaledAsByDiffusers(_ rescaling: Rescaling) {
    var guidance = Guidance()
    guidance.rescale = rescaling.rescale
    let guided = guidance.guided(
      rescaling.tensor(\.x), sigma: rescaling.sigma, positive: rescaling.tensor(\.positive),
      negative: rescaling.tensor(\.negative), cfg: rescaling.cfg)
    #expect(guided.relativeError(to: rescaling.tensor(\.guided)) < 1e-5)
  }

  @Test func aPredictionWithoutDeviationIsLeftAlone() {
    var guidance = Guidance()
    guidance.rescale = 1
    let zeros = Tensor([1, 2, 2, 4], repeating: 0)
    let guided = guidance.guided(zeros, sigma: 1, positive: zeros, negative: zeros, cfg: 7)
    #expect(guided.elements == zeros.elements)
  }

  /// ComfyUI's `percent_to_sigma`.
  @Test func rangesAreOfTheTrainingSteps() {
    let schedule = NoiseSchedule(NoiseScheduleConfiguration())
    let range = TimestepRange(start: 0.25, end: 0.75)
    #expect(range.contains(schedule.sigma(at: 999 * 0.75), of: schedule))
    #expect(range.contains(schedule.sigma(at: 500), of: schedule))
    #expect(range.contains(schedule.sigma(at: 999 * 0.25), of: schedule))
    #expect(!range.contains(schedule.sigma(at: 751), of: schedule))
    #expect(!range.contains(schedule.sigma(at: 249), of: schedule))
    for sigma in [schedule.sigmaMax * 2, schedule.sigmaMin, 0] {
      #expect(TimestepRange().contains(sigma, of: schedule))
    }
    #expect(!TimestepRange(start: 0, end: 0).contains(schedule.sigmaMax, of: schedule))
  }
}
