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

  @Test(arguments: Form.allCases, [10, 100, 1000, 10_000])
  func perNode(form: Form, count: Int) async throws {
    let graph = try graph(form, count)
    let rounds = count > 1000 ? 2 : 5
    var times: [String: Double] = [:]
    for _ in 0..<rounds {
      let engine = Engine(library: testLibrary, store: nil)
      try Benchmark.note("plan", &times) { _ = try engine.plan(graph) }
      try await Benchmark.note("plan and run", &times) {
        let result = try await engine.run(graph)
        #expect(result.outputs.count == graph.outputs.count)
      }
    }
    if form != .files {
      let cached = Engine(library: testLibrary, store: Store(folder: folder.path + "/cache"))
      try await Benchmark.note("run, storing", &times) { _ = try await cached.run(graph) }
      for _ in 0..<rounds {
        try Benchmark.note("plan, all stored", &times) { _ = try cached.plan(graph) }
        try await Benchmark.note("run, all stored", &times) { _ = try await cached.run(graph) }
      }
    }
    let figures = times.sorted { $0.key < $1.key }.map { what, seconds in
      "\(what) \(Benchmark.text(seconds / Double(count) * 1e6))"
    }
    print("  \(count) nodes, \(form.rawValue), us a node: \(figures.joined(separator: "; "))")
  }
}
