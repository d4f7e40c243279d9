import Graph
import Testing

@testable import Engine

/// What the engine itself takes for a node that does nothing: `EASEL_BENCHMARK=1 swift test -c release
/// --filter EngineCostTests`. Prints microseconds a node, and checks nothing but that all nodes ran.
@Suite(.serialized, .enabled(if: Benchmark.isOn)) struct EngineCostTests {
  /// How the nodes of a graph hang together.
  enum Form: String, CaseIterable { case chain, fan, unconnected, files }

  private let folder = Folder()

  private func graph(_ form: Form, _ count: Int) throws -> CheckedGraph {
    let file = try folder.write("a", to: "file")
    return GraphBuilder.build { graph in
      for index in 0..<count {
        let bias = Binding.int(index % 1000)
        switch form {
        case .unconnected: graph.node("n\(index)", "constant", ["value": .int(index)])
        case .files: graph.node("n\(index)", "load-thing", ["path": .path(file)])
        case _ where index == 0: graph.node("n0", "constant")
        case .chain: graph.node("n\(index)", "sum", ["a": .from("n\(index - 1)"), "bias": bias])
        case .fan: graph.node("n\(index)", "sum", ["a": .from("n0"), "bias": bias])
        }
        if form != .chain || index == count - 1 {
          graph.output("o\(index)", .from(form == .files ? "n\(index).length" : "n\(index)"))
        }
      }
    }
  }

  private static let counts = [10, 100, 1000] + (Benchmark.isFull ? [10_000] : [])

  @Test(arguments: Form.allCases, counts)
  func perNode(form: Form, count: Int) async throws {
    let graph = try graph(form, count)
    var benchmark = Benchmark()
    let engine = Engine(library: testLibrary, store: nil)
    for _ in 0..<(count > 1000 ? 2 : 5) {
      try benchmark.measure("plan") { _ = try engine.plan(graph) }
      try await benchmark.measure("plan and run") {
        let result = try await engine.run(graph)
        #expect(result.outputs.count == graph.outputs.count)
      }
    }
    if form != .files { try await measureStoring(graph, &benchmark) }
    Benchmark.print("\(count) nodes, \(form): microseconds a node, of wall and processor")
    for (what, time) in benchmark.times {
      let (wall, processor) = (time.wall / Double(count), time.processor / Double(count))
      Benchmark.print(
        "  \(what): \(Benchmark.text(wall * 1e6)), \(Benchmark.text(processor * 1e6))")
    }
  }

  private func measureStoring(_ graph: CheckedGraph, _ benchmark: inout Benchmark) async throws {
    func engine() -> Engine {
      Engine(library: testLibrary, store: Store(folder: folder.path + "/cache"))
    }
    try await benchmark.measure("run, storing") { _ = try await engine().run(graph) }
    for _ in 0..<3 {
      try benchmark.measure("plan, all stored") { _ = try engine().plan(graph) }
      try await benchmark.measure("run, all stored") { _ = try await engine().run(graph) }
    }
  }
}
