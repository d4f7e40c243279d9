import Graph
import Nodes

/// A check of a graph whose file lies in memory.
struct Checking {
  let result: CheckResult

  /// - Parameters:
  ///   - nodes: the lines under `nodes:`, and behind them `outputs:`.
  ///   - purpose: warnings are for inspection alone.
  init(_ nodes: String, for purpose: Checker.Purpose = .run) {
    let text = "easel: 1\nnodes:\n" + nodes
    let checker = Checker(
      catalog: library.catalog, reader: .memory(["graph.yaml": Array(text.utf8)]))
    result = checker.check("graph.yaml", purpose: purpose)
  }

  /// The codes with the ports' messages.
  var findings: [String] { result.diagnostics.map { "\($0.code.rawValue): \($0.message)" } }

  /// The type of an output port.
  func type(of node: String, _ port: String) -> String? {
    result.graph?.nodes.first { $0.id == NodeID(node) }?.outputTypes[port]?.description
  }
}
