import Graph

/// The first thing that went wrong in a run, and where.
public struct RunFailure: Error, Sendable, CustomStringConvertible {
  public var node: NodeID
  /// The place of the node's name, or of the expression that has no value.
  public var span: SourceSpan
  public var underlying: any Error

  public var description: String {
    "\(span.file):\(span.start.line):\(span.start.column): node `\(node)` failed: \(reason)"
  }

  /// What went wrong, without the place.
  public var reason: String {
    if let failure = underlying as? EvaluationFailure { failure.message } else { "\(underlying)" }
  }
}
