import Engine
import Glibc

/// A reader of a run's events.
protocol RunDisplay: Sendable {
  /// Called from several threads.
  func show(_ event: RunEvent)
  /// Leaves the screen in order when a run ends early.
  func close()
}

extension RunDisplay {
  func close() {}
}

/// Shows what the user must know, and nothing else.
struct QuietDisplay: RunDisplay {
  func show(_ event: RunEvent) {
    if case .note(let text) = event { printError("note: \(text)") }
  }
}

/// An event a line, for programs.
struct JSONDisplay: RunDisplay {
  func show(_ event: RunEvent) { write(event.json + "\n", to: STDOUT_FILENO) }
}

/// A line for each node that is done, where nobody watches.
struct PlainDisplay: RunDisplay {
  func show(_ event: RunEvent) {
    if let line = event.doneLine { printError(line) }
  }
}

extension RunEvent {
  /// What there is to say when a node is done; nil for other events.
  var doneLine: String? {
    switch self {
    case .finished(let node, let seconds, _, _): "\(node)  \(Self.describe(seconds))"
    case .cached(let node, _): "\(node)  cached"
    case .hashing(let progress): progress.doneLine
    case .note(let text): "note: \(text)"
    case .completed(let seconds): "done in \(Self.describe(seconds))"
    case .planned, .started, .step, .loaded, .read, .stored, .holding, .failed: nil
    }
  }

  /// `0.42 s`, `12.3 s`, `3 min 20 s`.
  static func describe(_ seconds: Double) -> String {
    if seconds >= 100 { return "\(Int(seconds) / 60) min \(Int(seconds) % 60) s" }
    let digits = seconds < 10 ? 100 : 10
    let units = Int((seconds * Double(digits)).rounded())
    let fraction = String(units % digits + digits).dropFirst()
    return "\(units / digits).\(fraction) s"
  }
}
