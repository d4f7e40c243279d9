import Engine
import FoundationEssentials
import Glibc
import Graph
import Imaging
import Synchronization

/// Writes the previews of a run's steps, a file for each node, each over the one before.
final class PreviewWriter: Sendable {
  private struct State {
    var written: Set<String> = []
    var hasFailed = false
  }

  private let folder: String
  private let interval: Int
  private let state = Mutex(State())

  /// Writes every `interval`-th preview and the last one.
  init(folder: String, interval: Int) {
    self.folder = folder
    self.interval = interval
  }

  /// The event, with the path of its preview where that was written. A preview that cannot be written is
  /// left out, which is said once.
  func writing(_ event: RunEvent) -> RunEvent {
    guard case .step(let node, let step, let count, var preview?) = event,
      step.isMultiple(of: interval) || step == count,
      let picture = preview.value as? Image
    else { return event }
    let path = path(of: node)
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try AtomicFile.write(PNG.encode(picture), to: path)
    } catch {
      sayOnce("no previews: \(error)")
      return event
    }
    state.withLock { _ = $0.written.insert(path) }
    preview.path = path
    return .step(node, step: step, count: count, preview: preview)
  }

  /// Removes what was written: the outputs are there now.
  func removeAll() {
    for path in state.withLock(\.written) { unlink(path) }
  }

  /// Node names are words joined by `-`, so that `.` for `/` is unlike any other node's.
  private func path(of node: NodeID) -> String {
    let name = node.path.split(separator: "/").joined(separator: ".")
    return outputPath("\(name).preview.png", in: folder)
  }

  private func sayOnce(_ note: String) {
    let isNew = state.withLock { state in
      defer { state.hasFailed = true }
      return !state.hasFailed
    }
    if isNew { printError("note: \(note)") }
  }
}
