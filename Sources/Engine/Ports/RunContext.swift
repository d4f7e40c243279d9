import Graph

/// What a running node may ask of the engine.
public struct RunContext: Sendable {
  /// The node that runs.
  public let node: NodeID
  private let isCancelled: @Sendable () -> Bool
  private let progress: Progress
  private let noted: @Sendable (String) -> Void

  /// Told of a step, of how many there are, and of a preview.
  public typealias Progress = @Sendable (_ step: Int, _ count: Int, StepPreview?) -> Void

  /// A context outside an engine, as tests of nodes use it, reports nothing and is never cancelled.
  public init(
    node: NodeID, isCancelled: @escaping @Sendable () -> Bool = { false },
    progress: @escaping Progress = { _, _, _ in },
    noted: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.node = node
    self.isCancelled = isCancelled
    self.progress = progress
    self.noted = noted
  }

  /// Throws `CancellationError` once the run was cancelled: call it between steps.
  public func checkCancellation() throws {
    if isCancelled() { throw CancellationError() }
  }

  /// Tells the user something that keeps nothing from running.
  public func note(_ text: String) { noted("`\(node)`: \(text)") }

  /// Tells that step `step` of `count` (counted from 1) is done, and checks for cancellation. A node with
  /// something to show gives a preview, which is made only where somebody wants to see it.
  public func finished(step: Int, of count: Int, preview: StepPreview? = nil) throws {
    progress(step, count, preview)
    try checkCancellation()
  }
}
