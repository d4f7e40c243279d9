/// What was measured of a unit; as JSON, a line of `easel bench --format json`.
struct BenchmarkFigures: Encodable {
  var unit: String
  var group: String
  /// Of the runs after the first; nil where there was only that one.
  var medianSeconds: Double?
  var minSeconds: Double?
  var maxSeconds: Double?
  /// How many runs these are of.
  var runs: Int
  /// The first run, which reads and packs a model's weights.
  var firstSeconds: Double
  /// What making weights and inputs took before.
  var preparationSeconds: Double
  /// Of one run, by the textbook.
  var operations: Int?
  /// What one run reads and writes at least.
  var bytes: Int?
  /// What the process held at most while the unit was prepared and run.
  var peakMemoryBytes: Int?
  var threads: Int
  /// The f32 operations a second that the machine can do at most; nil where that was not measured.
  var machineOperationsPerSecond: Double?

  /// The median, or the first run where there is no other.
  private var seconds: Double { medianSeconds ?? firstSeconds }

  /// Operations a second; nil where memory is what counts.
  var rate: Double? { operations.map { Double($0) / seconds } }

  /// Bytes a second.
  var bandwidth: Double? { bytes.map { Double($0) / seconds } }

  /// The rate as a part of the machine's peak.
  var partOfPeak: Double? {
    guard let rate, let machineOperationsPerSecond else { return nil }
    return rate / machineOperationsPerSecond
  }
}
