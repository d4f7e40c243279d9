import FoundationEssentials
import Graph

extension RunEvent: Encodable {
  /// The event as one JSON object on one line, without a line feed at the end, such as
  /// `{"event":"started","node":"sample"}`. Its keys are sorted.
  public var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Nothing in an event fails to encode: its numbers are times and counts, which are finite.
    guard let data = try? encoder.encode(self) else { return "{}" }
    return String(decoding: data, as: UTF8.self)
  }

  private enum Keys: String, CodingKey {
    case event, node, how, step, count, seconds, bytes, message, plan, preview, path, total
    case peakBytes = "peak_bytes"
  }

  /// One flat object whose `event` names the case.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(name, forKey: .event)
    try container.encodeIfPresent(node?.path, forKey: .node)
    switch self {
    case .planned(let summary):
      try container.encode(
        Dictionary(uniqueKeysWithValues: summary.counts.map { ($0.rawValue, $1) }), forKey: .plan)
    case .hashing(let progress):
      try container.encode(progress.path, forKey: .path)
      try container.encode(progress.bytes, forKey: .bytes)
      try container.encode(progress.total, forKey: .total)
    case .started: break
    case .step(_, let step, let count, let preview):
      try container.encode(step, forKey: .step)
      try container.encode(count, forKey: .count)
      try container.encodeIfPresent(preview?.path, forKey: .preview)
    case .cached(_, let reason): try container.encode(reason, forKey: .how)
    case .loaded(_, let seconds), .completed(let seconds):
      try container.encode(seconds, forKey: .seconds)
    case .read(_, let seconds, let bytes), .stored(_, let seconds, let bytes):
      try container.encode(seconds, forKey: .seconds)
      try container.encode(bytes, forKey: .bytes)
    case .holding(let bytes): try container.encode(bytes, forKey: .bytes)
    case .finished(_, let seconds, let bytes, let peakBytes):
      try container.encode(seconds, forKey: .seconds)
      try container.encode(bytes, forKey: .bytes)
      try container.encode(peakBytes, forKey: .peakBytes)
    case .failed(_, let message), .note(let message):
      try container.encode(message, forKey: .message)
    }
  }

  private var name: String {
    switch self {
    case .hashing: "hashing"
    case .planned: "planned"
    case .started: "started"
    case .step: "step"
    case .cached: "cached"
    case .loaded: "loaded"
    case .finished: "finished"
    case .read: "read"
    case .stored: "stored"
    case .holding: "holding"
    case .failed: "failed"
    case .note: "note"
    case .completed: "completed"
    }
  }

  /// The node that the event is about.
  public var node: NodeID? {
    switch self {
    case .started(let node), .step(let node, _, _, _), .cached(let node, _), .loaded(let node, _),
      .finished(let node, _, _, _), .read(let node, _, _), .stored(let node, _, _),
      .failed(let node, _):
      node
    case .hashing, .planned, .holding, .note, .completed: nil
    }
  }
}
