/// A graph without a mistake that a checker can find: what the engine plans and runs.
///
/// Graphs that were used as nodes are laid out flat: the node `resize` of the graph that the node
/// `fix` uses is the node `fix/resize` here.
public struct CheckedGraph: Sendable {
  /// The file, as named by the user.
  public var file: String
  public var title: String?
  public var about: String?
  public var inputs: [CheckedInput]
  /// Each node behind the nodes that it needs; otherwise in the order of the file.
  public var nodes: [CheckedNode]
  public var outputs: [CheckedOutput]

  public init(
    file: String, title: String? = nil, about: String? = nil, inputs: [CheckedInput] = [],
    nodes: [CheckedNode], outputs: [CheckedOutput]
  ) {
    self.file = file
    self.title = title
    self.about = about
    self.inputs = inputs
    self.nodes = nodes
    self.outputs = outputs
  }
}

/// An input of the outermost graph, with the value that it has in this run.
public struct CheckedInput: Sendable {
  public var name: String
  public var type: PortType
  public var value: Literal
  public var about: String?
  public var span: SourceSpan

  public init(
    name: String, type: PortType, value: Literal, about: String? = nil, span: SourceSpan
  ) {
    self.name = name
    self.type = type
    self.value = value
    self.about = about
    self.span = span
  }
}

/// The name of a node in a checked graph, such as `sample` or `fix/sample`.
public struct NodeID: Hashable, Sendable, CustomStringConvertible {
  public var path: String

  public init(_ path: String) { self.path = path }

  public var description: String { path }
}

/// A node whose every port is bound.
public struct CheckedNode: Sendable {
  public var id: NodeID
  public var schema: NodeSchema
  /// The place of the node's name in its file.
  public var span: SourceSpan
  /// By port, defaults filled in; an optional input that is not given is absent.
  public var inputs: [String: Binding]
  /// By port, with the families and sizes that could be inferred.
  public var outputTypes: [String: PortType]

  public init(
    id: NodeID, schema: NodeSchema, span: SourceSpan, inputs: [String: Binding],
    outputTypes: [String: PortType]
  ) {
    self.id = id
    self.schema = schema
    self.span = span
    self.inputs = inputs
    self.outputTypes = outputTypes
  }
}

/// What the graph hands out under a name.
public struct CheckedOutput: Sendable {
  public var name: String
  public var binding: Binding
  public var type: PortType
  public var span: SourceSpan

  public init(name: String, binding: Binding, type: PortType, span: SourceSpan) {
    self.name = name
    self.binding = binding
    self.type = type
    self.span = span
  }
}

/// Where a port's value comes from.
public enum Binding: Sendable {
  case constant(Literal)
  case output(OutputReference)
  /// A scalar that is worked out from other nodes' scalars once these are there.
  case computed(Computation)
}

/// An output port of a node.
public struct OutputReference: Hashable, Sendable {
  public var node: NodeID
  public var port: String

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
  /// Works it out. Throws `EvaluationFailure` (a division by zero, an overflow).
  public var evaluate: @Sendable ([OutputReference: Literal]) throws -> Literal

  public init(
    references: [OutputReference], canonical: String,
    evaluate: @escaping @Sendable ([OutputReference: Literal]) throws -> Literal
  ) {
    self.references = references
    self.canonical = canonical
    self.evaluate = evaluate
  }
}

/// Why an expression that was typed well has no value.
public struct EvaluationFailure: Error, Hashable, Sendable {
  public var message: String
  public var span: SourceSpan

  public init(_ message: String, at span: SourceSpan) {
    self.message = message
    self.span = span
  }
}
