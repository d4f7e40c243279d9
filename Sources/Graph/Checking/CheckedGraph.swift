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
///
/// Where a graph is only looked at, an input without a value stands as the output of its own name of a
/// node of its own name, which is none of the graph's nodes.
public struct CheckedInput: Sendable {
  /// The name in `--set name=value`.
  public var name: String
  /// The declared type, or that of the default.
  public var type: PortType
  /// A value of that type; nil where the graph is only looked at, and the input has no default.
  public var value: Literal?
  /// What the input is, for people.
  public var about: String?
  /// The place of the name in the file.
  public var span: SourceSpan

  /// An input with its value.
  public init(
    name: String, type: PortType, value: Literal?, about: String? = nil, span: SourceSpan
  ) {
    self.name = name
    self.type = type
    self.value = value
    self.about = about
    self.span = span
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
