import Graph

/// What a run of a graph would do, told before it does it.
public struct Plan: Sendable {
  /// In an order in which they could be executed; one for each node of the graph.
  public var entries: [PlanEntry]
  /// The files that the graph's outputs depend on, by the nodes that name them.
  public var files: [FileUse]
  /// By node that is planned by itself: what the store knows its result by.
  let keys: [Hash256?]
  /// By node that is planned by itself: what is to be done about it.
  let states: [PlanEntry.State]
  /// By node that is planned by itself: where its results are in the store.
  let hits: [CacheHit?]

  init(
    _ wiring: Wiring, keys: [Hash256?], states: [PlanEntry.State], hits: [CacheHit?],
    files: [FileUse]
  ) {
    entries = wiring.nodes.indices.map { index in
      PlanEntry(wiring.nodes[index], state: states[index], key: keys[index])
    }
    self.files = files
    self.keys = keys
    self.states = states
    self.hits = hits
  }

  /// Adds nodes that compute the same as others.
  mutating func add(_ nodes: [CheckedNode], sameAs others: [NodeID: NodeID]) {
    let known = Dictionary(entries.map { ($0.node, $0) }) { first, _ in first }
    entries = nodes.compactMap { node in
      guard let other = others[node.id], let entry = known[other] else { return known[node.id] }
      var same = PlanEntry(node, state: entry.state, key: entry.key)
      same.sameAs = other
      return same
    }
  }
}

/// What a plan says of one node.
public struct PlanEntry: Sendable {
  /// What is to be done about a node.
  public enum State: String, Sendable, CaseIterable, Encodable {
    /// Its outputs are in the store.
    case cached
    /// It runs.
    case run
    /// A handle that a node which runs needs.
    case load
    /// It runs, unless the nodes before it turn out to give what they gave in an earlier run, or a choice
    /// leaves it out.
    case maybe
    /// No output of the graph needs it, or all that need it are cached.
    case notNeeded = "not-needed"
  }

  /// The node.
  public var node: NodeID
  /// The kind of node, such as `sample`.
  public var uses: String
  /// What is to be done about it.
  public var state: State
  /// What the store knows its result by; nil when that is not known before the run, and for nodes
  /// that no output needs.
  public var key: Hash256?
  /// The place of the node's name in its file.
  public var span: SourceSpan
  /// The node before it that computes the same, and does it for both.
  public var sameAs: NodeID?

  init(_ node: CheckedNode, state: State, key: Hash256?) {
    self.node = node.id
    uses = node.schema.name
    self.state = state
    self.key = key
    span = node.span
  }
}

/// A file or folder that a result depends on.
public struct FileUse: Hashable, Sendable {
  /// The node.
  public var node: NodeID
  /// The port that names it.
  public var port: String
  /// The path as it was written and as it was opened.
  public var path: FilePathLiteral
  /// The digest of its content.
  public var digest: Hash256
}

/// A result found in the store.
struct CacheHit: Sendable {
  var record: Record
  var reason: CacheReason
}

/// Why a stored result is known to be the right one.
public enum CacheReason: String, Hashable, Sendable, Encodable {
  /// The graph up to here and its files are as they were.
  case `static`
  /// Something before was changed, but what comes in is what came in before.
  case content
}

extension PlanEntry: Encodable {
  private enum Keys: String, CodingKey {
    case node, uses, state, key, file, line
    case sameAs = "same_as"
  }

  /// One flat object: node, uses, state, key, file, line and, for some, same_as.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(node.path, forKey: .node)
    try container.encode(uses, forKey: .uses)
    try container.encode(state, forKey: .state)
    try container.encodeIfPresent(key, forKey: .key)
    try container.encodeIfPresent(sameAs?.path, forKey: .sameAs)
    try container.encode(span.file, forKey: .file)
    try container.encode(span.start.line, forKey: .line)
  }
}
