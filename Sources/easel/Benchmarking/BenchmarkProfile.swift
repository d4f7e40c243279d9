import Tensor

/// Where one run of a unit spends its time: its operators, those of one kind and shape together.
struct BenchmarkProfile {
  private struct Operator: Hashable {
    let kind: KernelKind
    let shape: Shape
  }

  private var entries: [Operator: (calls: Int, seconds: Double)] = [:]
  private let seconds: Double

  /// Runs the unit once while operators are recorded.
  init(of run: () throws -> Tensor) rethrows {
    KernelTrace.start()
    defer { KernelTrace.stop() }
    seconds = try timed(run).seconds
    for (span, inner) in Self.nested(KernelTrace.take()) {
      let total = (span.end - span.start) / .seconds(1) - inner
      let key = Operator(kind: span.kind, shape: span.shape)
      let before = entries[key] ?? (0, 0)
      entries[key] = (before.calls + 1, before.seconds + total)
    }
  }

  /// Each span with the seconds of those right inside it. An operator stands behind those that it called.
  private static func nested(_ spans: [KernelSpan]) -> [(span: KernelSpan, inner: Double)] {
    var open: [KernelSpan] = []
    return spans.map { span in
      var inner = 0.0
      while let last = open.last, last.start >= span.start {
        inner += (last.end - last.start) / .seconds(1)
        open.removeLast()
      }
      open.append(span)
      return (span, inner)
    }
  }

  /// The operators that took longest, a line each, and what is left.
  func lines(atMost count: Int) -> [String] {
    let sorted = entries.sorted { $0.value.seconds > $1.value.seconds }
    let shown = sorted.prefix(count)
    let rest = seconds - shown.reduce(0) { $0 + $1.value.seconds }
    return shown.map {
      line($0.key.kind.rawValue, $0.key.shape.description, $0.value.calls, $0.value.seconds)
    }
      + [line("all else", "", sorted.dropFirst(count).reduce(0) { $0 + $1.value.calls }, rest)]
  }

  private func line(_ kind: String, _ shape: String, _ calls: Int, _ time: Double) -> String {
    let share = BenchmarkTable.rounded(max(time, 0) / seconds * 100, digits: 1)
    return "  " + kind.padded(to: 16) + shape.padded(to: 22) + "\(calls) x".padded(to: 8)
      + BenchmarkTable.time(max(time, 0)).padded(to: 12) + "\(share) %"
  }
}
