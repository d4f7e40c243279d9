import Diffusion
import Glibc

/// Runs units as somebody asks for them, so that two programs can be timed in turns without starting each time anew.
///
/// Standard input has a unit's name on each line. Each is answered by a line of JSON as soon as the unit was run once;
/// it is prepared when it is first asked for. While nobody asks, nothing runs.
struct BenchmarkServer {
  let units: [BenchmarkUnit]

  func run() throws {
    var prepared: [String: PreparedBenchmark] = [:]
    while let name = readLine() {
      do {
        let unit = try prepared[name] ?? BenchmarkChoice(units: units).one(name).prepare()
        prepared[name] = unit
        let seconds = try timed { _ = try unit.run() }.seconds
        try printJSON(Answer(unit: name, seconds: seconds))
      } catch {
        try printJSON(Answer(unit: name, error: "\(error)"))
      }
      fflush(nil)
    }
  }

  private struct Answer: Encodable {
    var unit: String
    var seconds: Double?
    var error: String?
  }
}
