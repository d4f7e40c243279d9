import Graph

/// Something that happens during a run. The progress display, `--json` and the trace are readers of
/// these.
public enum RunEvent: Sendable {
  /// The first event of every run.
  case planned(PlanSummary)
  /// A node begins to run; a handle, to be loaded.
  case started(NodeID)
  /// Step `step` of `count`, counted from 1, is done.
  case step(NodeID, step: Int, count: Int)
  /// A node need not run: its outputs are in the store.
  case cached(NodeID, CacheReason)
  /// A handle is there.
  case loaded(NodeID, seconds: Double)
  /// A node has run. `bytes` is the memory that its outputs hold, `peakBytes` its own estimate of
  /// what it needed beside its inputs.
  case finished(NodeID, seconds: Double, bytes: Int, peakBytes: Int)
  /// A node failed, and with it the run.
  case failed(NodeID, reason: String)
  /// Something that the user should know, said once.
  case note(String)
  /// The last event of a run that went well.
  case completed(seconds: Double)
}

/// How many nodes the plan has in each state.
public struct PlanSummary: Hashable, Sendable {
  /// By state; a state that no node has is absent.
  public var counts: [PlanEntry.State: Int]

  init(_ plan: Plan) {
    counts = plan.entries.reduce(into: [:]) { $0[$1.state, default: 0] += 1 }
  }
}
