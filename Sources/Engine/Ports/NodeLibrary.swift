import Graph

/// The kinds of node that a program has, by subject.
public struct NodeLibrary: Sendable {
  /// A heading of the documentation, with its nodes.
  public struct Subject: Sendable {
    /// Such as "Sampling".
    public var title: String
    /// In the order of the documentation.
    public var nodes: [any Node.Type]

    /// A heading with its nodes.
    public init(_ title: String, _ nodes: [any Node.Type]) {
      self.title = title
      self.nodes = nodes
    }
  }

  /// In the order of the documentation.
  public let subjects: [Subject]
  /// The schemas of all nodes, read from their declarations once.
  public let catalog: NodeCatalog
  private let types: [String: any Node.Type]

  /// Reads the declarations of all nodes.
  public init(_ subjects: [Subject]) {
    self.subjects = subjects
    let all = subjects.flatMap(\.nodes)
    types = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }
    catalog = NodeCatalog(all.map { NodeSchema(reading: $0) })
  }

  /// The type that runs the nodes of this name.
  public subscript(name: String) -> (any Node.Type)? { types[name] }
}
