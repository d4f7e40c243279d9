import Graph

/// What a running node may ask of the engine.
public struct RunContext: Sendable {
  /// The node that runs.
  public let node: NodeID
  private let isCancelled: @Sendable () -> Bool
  private let progress: @Sendable (_ step: Int, _ count: Int) -> Void

  /// A context outside an engine, as tests of nodes use it, reports nothing and is never cancelled.
  public init(
    node: NodeID, isCancelled: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (_ step: Int, _ count: Int) -> Void = { _, _ in }
  ) {
    self.node = node
    self.isCancelled = isCancelled
    self.progress = progress
  }

  /// Throws `CancellationError` once the run was cancelled: call it between steps.
  public func checkCancellation() throws {
    if isCancelled() { throw CancellationError() }
  }

  /// Tells that step `step` of `count` (counted from 1) is done, and checks for cancellation.
  public func finished(step: Int, of count: Int) throws {
    progress(step, count)
    try checkCancellation()
  }
}
