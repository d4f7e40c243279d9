import Graph

/// Why a node will run, or need not.
public struct Explanation: Sendable {
  /// The node.
  public var node: NodeID
  /// Of a node that `each` made: the name that all elements share.
  public var group: NodeID?
  /// The kind of node, such as `sample`.
  public var uses: String
  /// What is to be done about it.
  public var state: PlanEntry.State
  /// On what it depends whether a node that may run does; nil for every other.
  public var condition: Condition?
  /// Why it has to be done.
  public var cause: Cause
  /// A node before it that computes the same, and does it for both.
  public var sameAs: NodeID?
  /// Of a handle that is loaded: a node that needs it.
  public var neededBy: NodeID?

  /// What is not known before a run.
  public enum Condition: String, Hashable, Sendable {
    /// A `when` or a `? :` may leave the node out.
    case choice
    /// What comes in may turn out to be what came in before.
    case content
  }

  /// Why a node is to run, or to be taken from the store.
  public indirect enum Cause: Hashable, Sendable {
    /// No earlier run that is remembered had it.
    case new
    /// Something of its own is not as it was.
    case changed(Change)
    /// What an input takes from another node is not as it was, for a cause of that node's.
    case upstream(port: String, from: NodeID, Cause)
    /// An earlier run had the same, and its result is not in the store any more. The time of that run,
    /// in seconds since 1970.
    case gone(lastRun: Int)
    /// It takes a file that is not known before the run, so that nothing can be looked up.
    case unnamed
    /// Nothing before it was changed. When it was computed, in seconds since 1970.
    case unchanged(since: Int)
    /// Something before it was changed, but what comes in is what came in before.
    case sameContent(Cause)
    /// All that need it are in the store.
    case covered
    /// No output of the graph depends on it.
    case unused
  }
}
