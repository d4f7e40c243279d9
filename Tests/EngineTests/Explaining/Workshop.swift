import Glibc
import Graph
import Testing

@testable import Engine

/// A graph in a file, which is checked, run and explained.
struct Workshop: Sendable {
  let folder = Folder()
  var cache = "cache"
  var options = EngineOptions()
  var modify: @Sendable (inout CheckedGraph) -> Void = { _ in }

  private var engine: Engine {
    Engine(
      library: testLibrary, store: Store(folder: "\(folder.path)/\(cache)"), options: options)
  }

  init(_ text: String) throws {
    try folder.write("ab", to: "thing.txt")
    try write(text)
  }

  func write(_ text: String) throws { try folder.write(text, to: "graph.yaml") }

  func graph() throws -> CheckedGraph {
    let result = Checker(catalog: testLibrary.catalog).check(folder.path + "/graph.yaml")
    var graph = try #require(result.graph, "\(result.diagnostics.map(\.message))")
    modify(&graph)
    return graph
  }

  func run() async throws { _ = try await engine.run(graph()) }

  func explain() throws -> [Explanation] { try engine.explain(graph()) }

  /// The sentences of some nodes, without their names.
  func said(of node: String) throws -> String? {
    try explain().first { $0.node.path == node }?.sentence.withoutDates
      .replacing("`\(node)` ", with: "", maxReplacements: 1)
  }

  /// Removes all results, but not what is known of earlier runs.
  func evict() {
    for file in Folder.files(under: "\(folder.path)/\(cache)") where !file.contains("/history/") {
      unlink(file)
    }
  }

  /// The files of earlier runs.
  var history: [String] {
    Folder.files(under: "\(folder.path)/\(cache)").filter { $0.contains("/history/") }
  }
}

extension CheckedGraph {
  mutating func set(_ node: String, _ body: (inout CheckedNode) -> Void) {
    for index in nodes.indices where nodes[index].id.path == node { body(&nodes[index]) }
  }
}

extension String {
  var withoutDates: String {
    replacing(/\d{4}-\d\d-\d\d \d\d:\d\d/, with: "DATE")
  }
}

extension Workshop {
  var layout: StoreLayout { StoreLayout(folder: "\(folder.path)/\(cache)") }

  func description(hasResult: Bool) throws -> GraphDescription {
    try GraphDescription(of: graph(), hasResult: hasResult, options: options)
  }
}

extension GraphDescription {
  /// What a run of a graph would be remembered by.
  init(of graph: CheckedGraph, hasResult: Bool = true, options: EngineOptions = .init()) throws {
    let prepared = try Engine(library: testLibrary, store: nil, options: options).prepare(
      graph)
    self = try GraphDescription(
      Wiring(graph), entries: prepared.plan.entries, files: prepared.plan.files,
      scheme: prepared.scheme,
      hasResult: { _ in hasResult })
  }
}
