import Graph

/// The first thing that went wrong in a run, and where.
public struct RunFailure: Error, Sendable, CustomStringConvertible {
  /// The node that failed.
  public var node: NodeID
  /// The place of the node's name, or of the expression that has no value.
  public var span: SourceSpan
  /// What went wrong.
  public var underlying: any Error

  init(node: NodeID, span: SourceSpan, underlying: any Error) {
    self.node = node
    self.span = span
    self.underlying = underlying
  }

  /// An output of the graph that has no value.
  init(output: CheckedOutput, underlying: any Error) {
    self.init(
      node: output.binding.references.first?.node ?? NodeID("outputs.\(output.name)"),
      span: (underlying as? EvaluationFailure)?.span ?? output.span, underlying: underlying)
  }

  /// What went wrong, and where, as compilers say it.
  public var description: String {
    "\(span.file):\(span.start.line):\(span.start.column): node `\(node)` failed: \(reason)"
  }

  /// What went wrong, without the place.
  public var reason: String {
    if let failure = underlying as? EvaluationFailure { failure.message } else { "\(underlying)" }
  }
}
