import Engine
import Graph
import Synchronization

/// Gathers what a report says while the graph runs.
final class RunRecorder: Sendable {
  fileprivate struct State {
    var nodes: [NodeID: RunReport.Node]
    var notes: [String] = []
    var heldBytes = 0
    var failure: String?
    var seconds: Double?
  }

  private let graph: CheckedGraph
  private let models: LatentModels
  private let start = ContinuousClock.now
  private let state: Mutex<State>

  init(_ graph: CheckedGraph) {
    self.graph = graph
    models = LatentModels(graph)
    let nodes = graph.nodes.map { ($0.id, RunReport.Node($0)) }
    state = Mutex(State(nodes: Dictionary(nodes) { first, _ in first }))
  }

  private var elapsed: Double { start.duration(to: .now) / .seconds(1) }

  /// Called from several threads.
  func take(_ event: RunEvent) {
    let elapsed = elapsed
    state.withLock { state in
      switch event {
      case .holding(let bytes): state.heldBytes = max(state.heldBytes, bytes)
      case .note(let text): state.notes.append(text)
      case .completed(let seconds): state.seconds = seconds
      case .failed(let node, let reason):
        state.failure = "\(node): \(reason)"
        state.nodes[node]?.take(event, at: elapsed)
      default:
        if let node = event.node { state.nodes[node]?.take(event, at: elapsed) }
      }
    }
  }

  /// Makes thumbnails of a node's outputs. Called from several threads.
  func take(_ node: NodeID, _ values: [String: any PortValue]) {
    let seen = values.mapValues {
      (text: $0.literal?.display, pictures: Thumbnail.all(of: $0, model: models[node]))
    }
    state.withLock { state in
      for (port, value) in seen {
        guard let index = state.nodes[node]?.outputs.firstIndex(where: { $0.port == port }) else {
          continue
        }
        state.nodes[node]?.outputs[index].text = value.text
        state.nodes[node]?.outputs[index].thumbnails = value.pictures
      }
    }
  }

  /// What an engine shows values to.
  var observer: @Sendable (NodeID, [String: any PortValue]) -> Void { { self.take($0, $1) } }

  /// The report of all that was taken. What no event told of is looked up in the store.
  func report(
    made: String, plan: Plan?, stored: (PlanEntry) -> [String: any PortValue],
    outputs: [RunReport.Output]
  ) -> RunReport {
    for entry in plan?.entries ?? [] where entry.sameAs == nil && isUnseen(entry.node) {
      take(entry.node, stored(entry))
    }
    let elapsed = elapsed
    return state.withLock { state in
      for entry in plan?.entries ?? [] { state.share(entry) }
      return RunReport(
        file: graph.file, diagram: Diagram(graph), made: made,
        inputs: graph.inputs.map { ($0.name, $0.value?.display ?? "") },
        nodes: graph.nodes.compactMap { state.nodes[$0.id] }, outputs: outputs,
        notes: state.notes, heldBytes: state.heldBytes, failure: state.failure,
        seconds: state.seconds ?? elapsed)
    }
  }

  private func isUnseen(_ node: NodeID) -> Bool {
    state.withLock { state in
      state.nodes[node].map { node in
        node.outputs.contains { $0.text == nil && $0.thumbnails.isEmpty }
      } ?? false
    }
  }
}

extension RunRecorder.State {
  /// A node that computes what another does has what that has.
  fileprivate mutating func share(_ entry: PlanEntry) {
    guard let other = entry.sameAs, let source = nodes[other] else { return }
    nodes[entry.node]?.remark = "the same as \(other)"
    nodes[entry.node]?.outputs = source.outputs
  }
}

extension RunReport.Node {
  fileprivate init(_ node: CheckedNode) {
    id = node.id
    uses = node.schema.name
    inputs = node.schema.inputs.compactMap { port in
      node.inputs[port.name].map { (port.name, $0.phrases) }
    }
    outputs = node.schema.outputs.map {
      RunReport.Value(port: $0.name, type: node.outputTypes[$0.name] ?? $0.type)
    }
  }

  fileprivate mutating func take(_ event: RunEvent, at elapsed: Double) {
    switch event {
    case .started: start = elapsed
    case .cached(_, let reason):
      state = .cached
      remark = reason.words
    case .loaded(_, let seconds):
      state = .loaded
      self.seconds = seconds
    case .finished(_, let seconds, let bytes, let peakBytes):
      state = .ran
      remark = nil
      (self.seconds, self.bytes, self.peakBytes) = (seconds, bytes, peakBytes)
    case .failed(_, let reason):
      state = .failed
      remark = reason
      seconds = start.map { elapsed - $0 }
    default: break
    }
  }
}

extension CacheReason {
  /// Why a stored result was the right one, for people.
  fileprivate var words: String {
    switch self {
    case .static: "nothing before it has changed"
    case .content: "what comes in is what came in before"
    }
  }
}
