/// The kinds of node that graphs can use, by name.
public struct NodeCatalog: Sendable {
  /// In the order of the library's list.
  public let schemas: [NodeSchema]
  private let byName: [String: NodeSchema]

  /// A catalog of these kinds; of two with one name, the first.
  public init(_ schemas: [NodeSchema]) {
    self.schemas = schemas
    byName = Dictionary(schemas.map { ($0.name, $0) }) { first, _ in first }
  }

  /// The kind of this name.
  public subscript(name: String) -> NodeSchema? { byName[name] }
}
