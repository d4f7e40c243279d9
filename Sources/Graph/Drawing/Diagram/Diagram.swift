/// What there is to draw of a checked graph: boxes, frames around some of them, and edges.
///
/// Constants are not drawn; a box's `details` name them.
public struct Diagram: Sendable {
  /// What the graph is called.
  public var title: String
  /// What the graph does.
  public var about: String?
  /// Inputs of the graph, nodes, outputs of the graph, each in the graph's order.
  public var boxes: [Box]
  /// The graphs that are used as nodes, each behind the one around it.
  public var frames: [Frame]
  /// Each pair of ports once.
  public var edges: [Edge]

  /// A node, the nodes that `each` makes of one, or an input or output of the graph.
  public struct Box: Sendable {
    /// What a box stands for.
    public enum Kind: Sendable {
      case input
      case node
      case output
    }

    /// What the box stands for.
    public var kind: Kind
    /// The name of the node or the group, such as `fix/sample`, or of the input or output.
    public var name: String
    /// The kind of node, or the type of the input or output.
    public var subtitle: String
    /// The nodes of the checked graph that the box stands for; none for inputs and outputs.
    public var nodes: [NodeID] = []
    /// Whether a `when` decides if it runs.
    public var isConditional = false
    /// The inputs that edges lead to, in the order of their declaration.
    public var inputs: [String] = []
    /// The outputs that edges come from, in the order of their declaration.
    public var outputs: [Port] = []
    /// What the box is bound to that is not drawn, a line each: a node's constants, an input's value.
    public var details: [String] = []
    /// What is written in the box of an input or output.
    public var value: String?
    /// The index of the innermost frame around it.
    public var frame: Int?

    /// The last part of the name.
    public var title: String { name.lastPathPart }
    /// How many nodes of the checked graph the box stands for; 1 for inputs and outputs.
    public var count: Int { max(1, nodes.count) }
  }

  /// An output of a box.
  public struct Port: Sendable {
    /// The name of the output.
    public var name: String
    /// What comes out; of several elements, what is the same for all.
    public var type: PortType
  }

  /// A graph used as a node, once or (by `each`) several times.
  public struct Frame: Sendable {
    /// The name of the node that uses the graph, such as `fix` or `fix/inner`.
    public var name: String
    /// How many times it is used.
    public var count: Int
    /// The index of the frame around it.
    public var parent: Int?

    /// The last part of the name.
    public var title: String { name.lastPathPart }
  }

  /// A value on its way.
  public struct Edge: Hashable, Sendable {
    /// The index of a box.
    public var source: Int
    /// The index of one of its outputs.
    public var output: Int
    /// The index of a box.
    public var target: Int
    /// The index of one of its inputs.
    public var input: Int
  }

  /// The output that an edge comes from.
  public func port(of edge: Edge) -> Port { boxes[edge.source].outputs[edge.output] }

  /// Whether what an edge brings may be missing.
  public func isConditional(_ edge: Edge) -> Bool { boxes[edge.source].isConditional }
}

extension String {
  /// What stands behind the last `/`.
  var lastPathPart: String { lastIndex(of: "/").map { String(self[index(after: $0)...]) } ?? self }
}
