import Graph

/// A kind of node: declared ports, and a function from the inputs to the outputs.
///
/// A node never changes its inputs; the same inputs give the same bytes. An instance is made for
/// one run of one node and never leaves the task that made it.
public protocol Node: SendableMetatype {
  /// The word after `uses:`, lower-case words joined by `-`.
  static var name: String { get }
  /// Raised whenever the results change for the same inputs.
  static var version: Int { get }
  /// One or two sentences for whoever writes graphs.
  static var about: String { get }
  /// What running it means for the store.
  static var kind: NodeKind { get }
  /// What the node comes to when its graph is checked, where it need not run.
  static var expansion: NodeExpansion? { get }

  init()

  /// Reads the inputs, sets every output.
  func run(_ context: RunContext) throws

  /// The memory that `run` needs at most beside its inputs, in bytes; asked when the inputs are set.
  var peakBytes: Int { get }

  /// Says more about the outputs than their declared types, when a graph is checked. Throws
  /// `InferenceFailure`.
  static func infer(_ ports: inout Inference) throws
}

/// What running a node means for the store.
public enum NodeKind: Sendable {
  /// The same inputs give the same bytes, which are stored.
  case pure
  /// Its outputs are handles to things on the disk: made when a node that needs them runs, named by
  /// the content of their files, never stored.
  case handle
}

extension Node {
  /// Most nodes compute something that is worth storing.
  public static var kind: NodeKind { .pure }
  /// Nothing: most nodes have to run.
  public static var expansion: NodeExpansion? { nil }
  /// Little, compared with the inputs.
  public var peakBytes: Int { 0 }
  /// Nothing beyond the declared types.
  public static func infer(_ ports: inout Inference) throws {}
}
