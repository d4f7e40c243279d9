import Engine
import Graph
import Synchronization

/// What happened in a run.
final class Log: Sendable {
  private let all = Mutex<[RunEvent]>([])

  var events: [RunEvent] { all.withLock { $0 } }
  func add(_ event: RunEvent) { all.withLock { $0.append(event) } }

  /// The nodes that ran to their end, sorted by name; handles not among them.
  var ran: [String] {
    names { if case .finished = $0 { true } else { false } }
  }
  var loaded: [String] {
    names { if case .loaded = $0 { true } else { false } }
  }
  func cached(_ reason: CacheReason) -> [String] {
    names { if case .cached(_, reason) = $0 { true } else { false } }
  }
  var started: [String] {
    events.compactMap { if case .started(let node) = $0 { node.path } else { nil } }
  }
  var notes: [String] {
    events.compactMap { if case .note(let text) = $0 { text } else { nil } }
  }

  private func names(where isWanted: (RunEvent) -> Bool) -> [String] {
    events.filter(isWanted).compactMap(\.node?.path).sorted()
  }
}

/// One run in an engine of its own, as by a new process.
struct Trial {
  var log = Log()
  let graph: CheckedGraph
  var result: RunResult

  /// `cache`: nil for none.
  init(
    _ graph: CheckedGraph, cache: String?, options: EngineOptions = EngineOptions()
  ) async throws {
    let log = log
    self.graph = graph
    result = try await Engine(
      library: testLibrary, store: cache.map { Store(folder: $0) }, options: options
    ).run(graph) { log.add($0) }
  }

  /// The scalars that the graph handed out, in order.
  var outputs: [Literal?] { result.outputs.map(\.value.literal) }
}
