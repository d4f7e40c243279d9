/// Gathers the ports of a node while the node is made: property wrappers are initialised one after the
/// other, in the order of their declarations. Reflection finds them too, but takes many times as long,
/// and a node is made whenever one runs.
///
/// `@unchecked Sendable`: it is used only by the thread that makes the node, within `ports(of:)`.
final class PortCollector: @unchecked Sendable {
  @TaskLocal private static var current: PortCollector?

  private var inputs: [any AnyInput] = []
  private var outputs: [any AnyOutput] = []

  static func add(_ input: any AnyInput) { current?.inputs.append(input) }
  static func add(_ output: any AnyOutput) { current?.outputs.append(output) }

  /// A new node with its ports, in the order of their declarations.
  static func make(
    _ type: any Node.Type
  ) -> (node: any Node, inputs: [any AnyInput], outputs: [any AnyOutput]) {
    let collector = PortCollector()
    let node = $current.withValue(collector) { type.init() }
    return (node, collector.inputs, collector.outputs)
  }
}
