/// The type that the checker found for a port, with the port's place.
public struct TypedPort: Hashable, Sendable {
  /// Whether a value comes in or goes out.
  public enum Direction: String, Hashable, Sendable {
    case input
    case output
  }

  /// The node, such as `sample`, `fix/sample`, or `sample[1...3]` for all elements of a mapped one; nil for
  /// what the graph itself takes in and hands out.
  public var node: String?
  /// The name of the port, or of the graph's input or output.
  public var port: String
  /// Whether a value comes in or goes out.
  public var direction: Direction
  /// With the family and the size that could be inferred; of several elements, what they share.
  public var type: PortType
  /// How many nodes the line stands for: more than 1 for a mapped one.
  public var count: Int
  /// Where the author wrote the value; where the name stands, for defaults and outputs.
  public var span: SourceSpan

  /// The line for people: `graph.yaml:7:5: sample.latent: latent<sd1, 512x512> (input)`.
  public var text: String {
    let place = "\(span.file):\(span.start.line):\(span.start.column)"
    let name = node.map { "\($0).\(port)" } ?? port
    let owner = node == nil ? "graph " : ""
    return "\(place): \(name): \(type.known) (\(owner)\(direction.rawValue))"
  }

  /// The same as a JSON object on one line, its keys always in this order.
  public var json: String {
    JSONText.object(
      [
        ("node", node.map(JSONText.string) ?? .null), ("port", .string(port)),
        ("direction", .string(direction.rawValue)), ("type", .string(type.known)),
        ("count", .number(count)),
      ] + span.jsonFields
    ).text
  }
}
