import Glibc

/// A time as people in the machine's time zone say it: `2026-07-03 14:05`.
struct LocalTime: CustomStringConvertible {
  private let seconds: Int

  /// - Parameter seconds: Since 1970.
  init(_ seconds: Int) { self.seconds = seconds }

  var description: String {
    var time = time_t(seconds)
    var parts = tm()
    guard localtime_r(&time, &parts) != nil else { return "an earlier run" }
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 32) { buffer in
      guard let start = buffer.baseAddress,
        strftime(start, buffer.count, "%Y-%m-%d %H:%M", &parts) > 0
      else { return "an earlier run" }
      return String(cString: start)
    }
  }
}
