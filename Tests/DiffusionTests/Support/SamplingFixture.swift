import Testing

@testable import Diffusion

/// What `Scripts/reference/samplers.py` wrote.
struct SamplingFixture: Decodable {
  var models: [Model]
  var schedules: [Schedule]
  var predictions: [Prediction]
  var runs: [Run]

  static let all = try? Fixtures.decode("sampling.json", as: SamplingFixture.self)

  /// Each trajectory with the run that it belongs to.
  static let trajectories = all?.runs.flatMap { run in run.trajectories.map { (run, $0) } } ?? []

  struct Model: Decodable {
    var betaStart: Double
    var betaEnd: Double
    var betaSchedule: String
    var numTrainTimesteps: Int
    var rescaleBetasZeroSnr: Bool
    /// Every 111th.
    var sigmas: [Double]
  }

  struct Schedule: Decodable, CustomTestStringConvertible {
    var name: String
    var steps: Int
    var offset: Int
    var edm: Bool
    var sigmas: [Double]

    var testDescription: String { "\(name), \(steps) steps\(edm ? ", EDM" : "")" }
  }

  /// What goes into an EDM network for 1.5, and what -0.75 from it means.
  struct Prediction: Decodable {
    var prediction: String
    var sigma: Float
    var input: Float
    var timestep: Float
    var clean: Float
  }

  struct Run: Decodable {
    var sigmas: [Float]
    var start: [Float]
    var noise: [[Float]]
    var trajectories: [Trajectory]
  }

  struct Trajectory: Decodable, CustomTestStringConvertible {
    var sampler: String
    /// A level and the latent that the denoiser was given with it.
    var seen: [[Double]]
    /// The levels between which noise was asked for.
    var spans: [[Double]]
    var result: [Double]

    var testDescription: String { sampler }
  }
}

/// The largest difference, in parts of the largest reference value.
func relativeError(_ values: [Float], _ reference: [Double]) -> Double {
  guard values.count == reference.count else { return .infinity }
  let difference = zip(values, reference).map { abs(Double($0) - $1) }.max() ?? 0
  return difference / (reference.map(abs).max() ?? 1)
}
