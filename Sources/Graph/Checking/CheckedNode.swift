/// The name of a node in a checked graph, such as `sample` or `fix/sample`.
public struct NodeID: Hashable, Sendable, CustomStringConvertible {
  /// The names of the nodes around it and its own, joined by `/`.
  public var path: String

  /// The node of this path.
  public init(_ path: String) { self.path = path }

  /// The path.
  public var description: String { path }

  /// The path without the numbers of elements: `fix/sample` of `fix[2]/sample[1]`.
  var group: NodeID {
    var isInside = false
    return NodeID(
      String(
        path.unicodeScalars.filter { letter in
          if letter == "[" { isInside = true }
          defer { if letter == "]" { isInside = false } }
          return !isInside
        }))
  }
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
  /// By port: the types of what the inputs are bound to, families and sizes inferred.
  public var inputTypes: [String: PortType]
  /// By port: where the author wrote the value. A port that has its default, or an element that a node puts
  /// out, is absent.
  public var inputSpans: [String: SourceSpan]
  /// By port, with the families and sizes that could be inferred.
  public var outputTypes: [String: PortType]
  /// Where the node is one of those that `each` makes of one.
  public var element: MappedElement?
  /// Whether `when` of the node, or of a graph around it, leaves to the run whether it is needed. Who
  /// takes its outputs is bound to them by a `choice`.
  public var isConditional: Bool

  /// A node with what its ports are bound to.
  public init(
    id: NodeID, schema: NodeSchema, span: SourceSpan, inputs: [String: Binding],
    inputTypes: [String: PortType] = [:], inputSpans: [String: SourceSpan] = [:],
    outputTypes: [String: PortType],
    element: MappedElement? = nil, isConditional: Bool = false
  ) {
    self.id = id
    self.schema = schema
    self.span = span
    self.inputs = inputs
    self.inputTypes = inputTypes
    self.inputSpans = inputSpans
    self.outputTypes = outputTypes
    self.element = element
    self.isConditional = isConditional
  }
}

/// Which of the nodes this is that `each` makes of one: the element `sample[2]` of `sample`.
public struct MappedElement: Hashable, Sendable {
  /// The name without the numbers, the same for all elements: `fix/sample` of `fix[2]/sample`.
  public var group: NodeID
  /// The place among all elements of the group, from 0.
  public var index: Int
  /// How many elements the group has.
  public var count: Int

  /// The element `index` of `count`.
  public init(group: NodeID, index: Int, count: Int) {
    self.group = group
    self.index = index
    self.count = count
  }
}
