import Glibc

/// What benchmarks among the tests share.
enum Benchmark {
  /// Benchmarks run only where they are asked for: they take long, and measure nothing beside others.
  static let isOn = getenv("EASEL_BENCHMARK") != nil

  /// Keeps the shortest time of each kind, in seconds.
  static func note(
    _ what: String, _ times: inout [String: Double], _ body: () throws -> Void
  ) rethrows {
    let start = ContinuousClock.now
    try body()
    times[what] = min(times[what] ?? .infinity, start.duration(to: .now) / .seconds(1))
  }

  /// Keeps the shortest time of each kind, in seconds.
  static func note(
    _ what: String, _ times: inout [String: Double], _ body: () async throws -> Void
  ) async rethrows {
    let start = ContinuousClock.now
    try await body()
    times[what] = min(times[what] ?? .infinity, start.duration(to: .now) / .seconds(1))
  }

  /// With three digits after the point.
  static func text(_ number: Double) -> String { "\((number * 1000).rounded() / 1000)" }
}
