import Graph

/// What a run of a graph would do, told before it does it.
public struct Plan: Sendable {
  /// In an order in which they could be executed; one for each node of the graph.
  public var entries: [PlanEntry]
  /// The files that the graph's outputs depend on, by the nodes that name them.
  public var files: [FileUse]
  /// By node: where its results are in the store.
  var hits: [CacheHit?]
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
  private enum Keys: String, CodingKey { case node, uses, state, key, file, line }

  /// One flat object: node, uses, state, key, file and line.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(node.path, forKey: .node)
    try container.encode(uses, forKey: .uses)
    try container.encode(state, forKey: .state)
    try container.encodeIfPresent(key, forKey: .key)
    try container.encode(span.file, forKey: .file)
    try container.encode(span.start.line, forKey: .line)
  }
}
