import Graph

/// The first thing that went wrong in a run, and where.
public struct RunFailure: Error, Sendable, CustomStringConvertible {
  /// The node that failed.
  public var node: NodeID
  /// The place of the node's name, or of the expression that has no value.
  public var span: SourceSpan
  /// What went wrong.
  public var underlying: any Error

  /// What went wrong, and where, as compilers say it.
  public var description: String {
    "\(span.file):\(span.start.line):\(span.start.column): node `\(node)` failed: \(reason)"
  }

  /// What went wrong, without the place.
  public var reason: String {
    if let failure = underlying as? EvaluationFailure { failure.message } else { "\(underlying)" }
  }
}
