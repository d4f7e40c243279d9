import Graph

/// Something that happens during a run. The progress display, `--json` and the trace are readers of
/// these.
public enum RunEvent: Sendable {
  /// A large file is being read for its digest, which happens once for a file as long as it stays as it is.
  case hashing(HashingProgress)
  /// The first event of every run, but for files that are read before.
  case planned(PlanSummary)
  /// A node begins to run; a handle, to be loaded.
  case started(NodeID)
  /// Step `step` of `count`, counted from 1, is done; `preview` shows what there is by now, where the node
  /// has something to show.
  case step(NodeID, step: Int, count: Int, preview: StepPreview? = nil)
  /// A node need not run: its outputs are in the store.
  case cached(NodeID, CacheReason)
  /// A handle is there.
  case loaded(NodeID, seconds: Double)
  /// A node has run. `bytes` is the memory that its outputs hold, `peakBytes` its own estimate of
  /// what it needed beside its inputs.
  case finished(NodeID, seconds: Double, bytes: Int, peakBytes: Int)
  /// An output of a node was read from the store.
  case read(NodeID, seconds: Double, bytes: Int)
  /// A node's outputs were written to the store, before it finished.
  case stored(NodeID, seconds: Double, bytes: Int)
  /// The values in memory take `bytes` now.
  case holding(bytes: Int)
  /// A node failed, and with it the run.
  case failed(NodeID, reason: String)
  /// Something that the user should know, said once.
  case note(String)
  /// The last event of a run that went well.
  case completed(seconds: Double)
}

/// A look at what a node is making. It is made where somebody asks for it, and costs nothing otherwise.
public struct StepPreview: Sendable {
  private let make: @Sendable () -> any PortValue
  /// Where a reader of the events has put it, for those behind.
  public var path: String?

  /// A preview that `make` makes, within the call that hands out the event.
  public init(_ make: @escaping @Sendable () -> any PortValue) { self.make = make }

  /// Made anew each time.
  public var value: any PortValue { make() }
}

/// How many nodes the plan has in each state.
public struct PlanSummary: Hashable, Sendable {
  /// By state; a state that no node has is absent.
  public var counts: [PlanEntry.State: Int]

  init(_ plan: Plan) {
    counts = plan.entries.reduce(into: [:]) { $0[$1.state, default: 0] += 1 }
  }
}
