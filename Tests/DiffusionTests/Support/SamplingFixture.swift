@testable import Diffusion

/// What `Scripts/reference/samplers.py` wrote.
struct SamplingFixture: Decodable {
  var models: [Model]
  var schedules: [Schedule]
  var trajectories: [Trajectory]

  static let all = try? Fixtures.decode("sampling.json", as: SamplingFixture.self)

  struct Model: Decodable {
    var betaStart: Double
    var betaEnd: Double
    var betaSchedule: String
    var numTrainTimesteps: Int
    var rescaleBetasZeroSnr: Bool
    /// Every 111th.
    var sigmas: [Double]
  }

  struct Schedule: Decodable {
    var name: String
    var steps: Int
    var offset: Int
    var sigmas: [Double]
  }

  struct Trajectory: Decodable {
    var sampler: String
    var schedule: String
    var sigmas: [Float]
    var start: [Float]
    var noise: [[Float]]
    var steps: [[Double]]
  }
}

/// The largest difference, in parts of the largest reference value.
func relativeError(_ values: [Float], _ reference: [Double]) -> Double {
  guard values.count == reference.count else { return .infinity }
  let difference = zip(values, reference).map { abs(Double($0) - $1) }.max() ?? 0
  return difference / (reference.map(abs).max() ?? 1)
}
