/// Where a port's value comes from.
public indirect enum Binding: Sendable {
  case constant(Literal)
  case output(OutputReference)
  /// A scalar that is worked out from other nodes' scalars once these are there.
  case computed(Computation)
  /// A list of what the elements are bound to.
  case list([Binding])
  /// The first value where the condition holds, otherwise the second; none (an optional input is left
  /// out, an output is not handed out) where there is no second. What is not taken is not needed.
  case choice(Computation, then: Binding, otherwise: Binding?)

  /// The outputs of nodes that the value may come from, in the order in which they stand.
  public var references: [OutputReference] {
    switch self {
    case .constant: []
    case .output(let reference): [reference]
    case .computed(let computation): computation.references
    case .list(let elements): elements.flatMap(\.references)
    case .choice(let condition, let first, let second):
      condition.references + first.references + (second?.references ?? [])
    }
  }
}

/// An output port of a node.
public struct OutputReference: Hashable, Sendable {
  /// The node.
  public var node: NodeID
  /// The name of its output.
  public var port: String

  /// The output `port` of `node`.
  public init(node: NodeID, port: String) {
    self.node = node
    self.port = port
  }
}

/// A checked expression over the scalar outputs of nodes. Its constant parts are folded.
public struct Computation: Sendable {
  /// In the order in which they stand.
  public var references: [OutputReference]
  /// The expression in a canonical spelling, for keys: equal text means equal results for equal
  /// referenced values.
  public var canonical: String
  /// Whether which outputs are needed depends on the values of others: `a || b` needs `b` where `a`
  /// does not hold.
  public var isLazy: Bool
  /// Works it out. Throws `EvaluationFailure` (a division by zero, an overflow), and `MissingOutput`
  /// for the first output that is needed and not among those given.
  public var evaluate: @Sendable ([OutputReference: Literal]) throws -> Literal

  /// A computation; `evaluate` is pure.
  public init(
    references: [OutputReference], canonical: String, isLazy: Bool = false,
    evaluate: @escaping @Sendable ([OutputReference: Literal]) throws -> Literal
  ) {
    self.references = references
    self.canonical = canonical
    self.isLazy = isLazy
    self.evaluate = evaluate
  }
}

/// An output that an expression needs, and whose value is not there.
public struct MissingOutput: Error, Hashable, Sendable {
  /// The output.
  public var reference: OutputReference

  /// The output `reference` is missing.
  public init(reference: OutputReference) { self.reference = reference }
}

/// Why an expression that was typed well has no value.
public struct EvaluationFailure: Error, Hashable, Sendable {
  /// One sentence, without a full stop.
  public var message: String
  /// The place of the operation.
  public var span: SourceSpan

  /// The failure of the operation at `span`.
  public init(_ message: String, at span: SourceSpan) {
    self.message = message
    self.span = span
  }
}
