import Engine
import Glibc
import Graph
import Synchronization

/// A line for each node that is done, and under them one that moves: what runs, the step, the time left.
final class TerminalDisplay: RunDisplay {
  fileprivate struct State {
    /// The running nodes with their last step, in the order of their start.
    var running: [(node: NodeID, start: ContinuousClock.Instant, step: Int, count: Int)] = []
    /// The file that is being read for its digest.
    var hashing: HashingProgress?
  }

  private let state = Mutex(State())

  func show(_ event: RunEvent) {
    state.withLock { state in
      state.take(event)
      let done = event.doneLine.map { $0 + "\n" } ?? ""
      write("\r\u{1B}[K" + done + state.statusLine, to: STDERR_FILENO)
    }
  }

  func close() { write("\r\u{1B}[K", to: STDERR_FILENO) }
}

extension TerminalDisplay.State {
  fileprivate mutating func take(_ event: RunEvent) {
    switch event {
    case .hashing(let progress):
      hashing = progress.isDone ? nil : progress
    case .started(let node):
      running.append((node, .now, 0, 0))
    case .step(let node, let step, let count, _):
      guard let index = running.firstIndex(where: { $0.node == node }) else { return }
      running[index].step = step
      running[index].count = count
    case .finished(let node, _, _, _), .loaded(let node, _), .cached(let node, _),
      .failed(let node, _):
      running.removeAll { $0.node == node }
    case .planned, .read, .stored, .holding, .note, .completed: break
    }
  }

  fileprivate var statusLine: String {
    if let hashing { return hashing.statusLine }
    return running.map { entry in
      guard entry.step > 0 else { return "\(entry.node)" }
      let elapsed = entry.start.duration(to: .now)
      let left = elapsed / entry.step * (entry.count - entry.step)
      return
        "\(entry.node)  step \(entry.step) of \(entry.count), \(RunEvent.describe(left / .seconds(1))) left"
    }
    .joined(separator: " | ")
  }
}
