/// A graph without a mistake that a checker can find: what the engine plans and runs.
///
/// Graphs that were used as nodes are laid out flat: the node `resize` of the graph that the node
/// `fix` uses is the node `fix/resize` here.
public struct CheckedGraph: Sendable {
  /// The file, as named by the user.
  public var file: String
  /// What the graph is called, for people.
  public var title: String?
  /// What the graph does, for people.
  public var about: String?
  /// In the order of the file.
  public var inputs: [CheckedInput]
  /// Each node behind the nodes that it needs; otherwise in the order of the file.
  public var nodes: [CheckedNode]
  /// In the order of the file.
  public var outputs: [CheckedOutput]

  /// A graph of these parts.
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
  /// The name in `--set name=value`.
  public var name: String
  /// The declared type, or that of the default.
  public var type: PortType
  /// A value of that type.
  public var value: Literal
  /// What the input is, for people.
  public var about: String?
  /// The place of the name in the file.
  public var span: SourceSpan

  /// An input with its value.
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
  /// The names of the nodes around it and its own, joined by `/`.
  public var path: String

  /// The node of this path.
  public init(_ path: String) { self.path = path }

  /// The path.
  public var description: String { path }
}

/// A node whose every port is bound.
public struct CheckedNode: Sendable {
  /// Unlike that of any other node of the graph.
  public var id: NodeID
  /// The kind of node.
  public var schema: NodeSchema
  /// The place of the node's name in its file.
  public var span: SourceSpan
  /// By port, defaults filled in; an optional input that is not given is absent.
  public var inputs: [String: Binding]
  /// By port, with the families and sizes that could be inferred.
  public var outputTypes: [String: PortType]

  /// A node with what its ports are bound to.
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
  /// The name that the saved file gets.
  public var name: String
  /// Where the value comes from.
  public var binding: Binding
  /// With the family and the size that could be inferred.
  public var type: PortType
  /// The place of the name in the file.
  public var span: SourceSpan

  /// An output with its value.
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
  /// Works it out. Throws `EvaluationFailure` (a division by zero, an overflow).
  public var evaluate: @Sendable ([OutputReference: Literal]) throws -> Literal

  /// A computation; `evaluate` is pure.
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
