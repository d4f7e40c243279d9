import Diffusion
import Tensor

/// Runs units and measures them.
struct BenchmarkRunner {
  /// How often a unit is run after the first time, at most.
  let runs: Int
  /// When to stop before that, with one run at least.
  let seconds: Double
  /// The f32 operations a second that the machine can do at most.
  let peakRate: Double?
  /// Whether to run it once more and look what takes how long.
  var profiles = false

  /// Prepares a unit, runs it once uncounted, and then as often as asked.
  func measure(
    _ unit: BenchmarkUnit, inputs: [String: Tensor] = [:],
    finished: (Tensor) throws -> Void = { _ in }, profiled: (BenchmarkProfile) -> Void = { _ in }
  ) throws -> BenchmarkFigures {
    ResidentMemory.measure()
    let (prepared, preparation) = try timed { try unit.prepare(inputs: inputs) }
    let (result, first) = try timed(prepared.run)
    try finished(result)
    // The second call packs the weights to keep them.
    if runs > 0 { _ = try prepared.run() }
    let times = try times(of: prepared).sorted()
    if profiles { profiled(try BenchmarkProfile(of: prepared.run)) }
    return BenchmarkFigures(
      unit: unit.name, group: unit.group.rawValue, medianSeconds: times.median,
      minSeconds: times.first, maxSeconds: times.last, runs: times.count, firstSeconds: first,
      preparationSeconds: preparation, operations: unit.operations, bytes: unit.byteCount,
      peakMemoryBytes: ResidentMemory.peak, threads: ThreadPool.shared.threadCount,
      machineOperationsPerSecond: peakRate)
  }

  private func times(of prepared: PreparedBenchmark) throws -> [Double] {
    var times: [Double] = []
    var total = 0.0
    while times.count < runs, times.isEmpty || total < seconds {
      let (_, time) = try timed(prepared.run)
      times.append(time)
      total += time
    }
    return times
  }
}

/// What `body` gives, and the seconds that it took.
func timed<Result>(_ body: () throws -> Result) rethrows -> (result: Result, seconds: Double) {
  let start = ContinuousClock.now
  let result = try body()
  return (result, (ContinuousClock.now - start) / .seconds(1))
}

extension [Double] {
  /// Of sorted numbers; nil where there are none.
  fileprivate var median: Double? {
    isEmpty ? nil : (self[(count - 1) / 2] + self[count / 2]) / 2
  }
}
