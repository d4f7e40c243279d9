/// What the checker, the documentation and the planner know of a kind of node.
public struct NodeSchema: Sendable {
  /// The word after `uses:`.
  public var name: String
  /// Raised whenever the node's results change for the same inputs.
  public var version: Int
  /// One or two sentences for `easel nodes`.
  public var about: String
  /// In the order of declaration.
  public var inputs: [PortSchema]
  /// In the order of declaration.
  public var outputs: [PortSchema]
  /// What the node comes to when a graph is checked, where it need not run.
  public var expansion: NodeExpansion?
  /// Says more about the outputs than their declared types do, from what is known of the inputs.
  public var infer: @Sendable (inout Inference) throws -> Void

  /// A kind of node.
  public init(
    name: String, version: Int, about: String, inputs: [PortSchema], outputs: [PortSchema],
    expansion: NodeExpansion? = nil,
    infer: @escaping @Sendable (inout Inference) throws -> Void = { _ in }
  ) {
    self.name = name
    self.version = version
    self.about = about
    self.inputs = inputs
    self.outputs = outputs
    self.expansion = expansion
    self.infer = infer
  }

  /// The input of this name.
  public func input(_ name: String) -> PortSchema? { inputs.first { $0.name == name } }

  /// The output of this name.
  public func output(_ name: String) -> PortSchema? { outputs.first { $0.name == name } }
}

/// What is known of one port of a node.
public struct PortSchema: Sendable {
  /// The key in the graph file.
  public var name: String
  /// The type, its families variables that are scoped to one node.
  public var type: PortType
  /// A sentence for `easel nodes NAME`.
  public var about: String
  /// Whether an input must be given; of no meaning for outputs.
  public var presence: Presence
  /// The numbers allowed, inclusive; nil when any will do.
  public var range: ClosedRange<Double>?
  /// Whether the value can change what the node computes. A port that cannot is left out of keys.
  public var affectsResult: Bool
  /// For a path port: turns what was written into the path to open, given the folder of the graph
  /// file that it was written in. Nil means: relative to that folder.
  public var locate: (@Sendable (_ written: String, _ folder: String) throws -> String)?
  /// Where a graph declares it, as one of its inputs.
  var declaration: SourceSpan?

  /// Whether an input must be given.
  public enum Presence: Hashable, Sendable {
    case required
    case optional
    case defaulted(Literal)
  }

  /// A port.
  public init(
    name: String, type: PortType, about: String, presence: Presence = .required,
    range: ClosedRange<Double>? = nil, affectsResult: Bool = true,
    locate: (@Sendable (_ written: String, _ folder: String) throws -> String)? = nil
  ) {
    self.name = name
    self.type = type
    self.about = about
    self.presence = presence
    self.range = range
    self.affectsResult = affectsResult
    self.locate = locate
  }
}
