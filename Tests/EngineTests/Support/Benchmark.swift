import Glibc

/// What benchmarks among the tests share.
///
/// Both the time that passed and the processor time are kept: the second tells something on a machine
/// that has other things to do as well.
struct Benchmark {
  /// Benchmarks run only where `EASEL_BENCHMARK` asks for them: they take long, and measure little
  /// beside others.
  static let isOn = getenv("EASEL_BENCHMARK") != nil
  /// Whether it is `full`: the large sizes too.
  static let isFull = getenv("EASEL_BENCHMARK").map { String(cString: $0) } == "full"

  /// In seconds, of all threads.
  struct Time {
    var wall: Double
    var processor: Double
  }

  /// The shortest times of each kind, in the order in which they were first taken.
  private(set) var times: [(what: String, time: Time)] = []

  subscript(what: String) -> Time? { times.first { $0.what == what }?.time }

  mutating func measure(_ what: String, _ body: () throws -> Void) rethrows {
    let start = Self.now()
    try body()
    note(what, since: start)
  }

  mutating func measure(_ what: String, _ body: () async throws -> Void) async rethrows {
    let start = Self.now()
    try await body()
    note(what, since: start)
  }

  private mutating func note(_ what: String, since start: Time) {
    let end = Self.now()
    let time = Time(wall: end.wall - start.wall, processor: end.processor - start.processor)
    guard let index = times.firstIndex(where: { $0.what == what }) else {
      times.append((what, time))
      return
    }
    times[index].time.wall = min(times[index].time.wall, time.wall)
    times[index].time.processor = min(times[index].time.processor, time.processor)
  }

  private static func now() -> Time {
    Time(wall: read(CLOCK_MONOTONIC), processor: read(CLOCK_PROCESS_CPUTIME_ID))
  }

  private static func read(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// With two digits after the point.
  static func text(_ number: Double) -> String { "\((number * 100).rounded() / 100)" }

  /// Prints a line at once, wherever the output goes.
  static func print(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    write(STDERR_FILENO, bytes, bytes.count)
  }
}
