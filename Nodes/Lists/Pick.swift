import Engine
import Graph

/// One element of a list.
struct Pick: Node {
  static let name = "pick"
  static let version = 1
  static let about = "One element of a list. Of what `each` has made, no other is computed."
  static let expansion: NodeExpansion? = .pick

  @Input("The list.") var list: [AnyValue]
  @Input("Which element, counted from 1.", in: 1...1_000_000) var index: Int = 1
  @Output("The element.") var element: AnyValue

  func run(_ context: RunContext) throws {
    guard list.indices.contains(index - 1) else {
      throw NoSuchElement(index: index, count: list.count)
    }
    element = list[index - 1]
  }

  static func infer(_ ports: inout Inference) throws {
    if case .list(let element)? = ports.inputs["list"] { ports.outputs["element"] = element }
  }
}

/// An element that a list does not have.
struct NoSuchElement: Error, CustomStringConvertible {
  var index: Int
  var count: Int

  var description: String { "there is no element \(index) in a list of \(count)" }
}
