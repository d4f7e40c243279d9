import Engine
import Graph

/// How many elements a list has.
struct Count: Node {
  static let name = "count"
  static let version = 1
  static let about = "How many elements a list has. None of them is computed for that."
  static let expansion: NodeExpansion? = .count

  @Input("The list.") var list: [AnyValue]
  @Output("The number of its elements.") var count: Int

  func run(_ context: RunContext) throws { count = list.count }
}
