import ArgumentParser
import Engine
import Graph
import Nodes

/// Says why nodes will run.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Says why a node will run, or comes from the cache.",
    discussion: """
      Without a node: why each node runs that will, the causes of others first. Nodes are compared with the \
      earlier run of the graph that they are most like; the last few runs are remembered in the \
      cache. Of a node that `each` makes several of, the name stands for all, and `sample[2]` for one.

      In JSON `cause` is the root cause in a word, `root` the node that has it, and `chain` the nodes on the way \
      there; `port`, `was` and `is` say what changed there.

      Runs nothing and writes nothing.

      Exit code 0: the graph can run. 1: it has errors. 64: it has no such node.
      """)

  @OptionGroup var graph: GraphOptions
  @Argument(help: "The nodes to explain.")
  var nodes: [String] = []
  @OptionGroup var store: StoreOptions
  @OptionGroup var output: FormatOptions

  func run() throws {
    let (graph, _) = try ModelLocation.$search.withValue(.reading) { try self.graph.check() }
    let all = try failing(with: 1) {
      try Engine(library: library, store: store.store, options: .here)
        .explain(graph, hashing: HashingProgress.show)
    }
    let explanations = nodes.isEmpty ? all.toDo : try nodes.flatMap { try self.named($0, in: all) }
    switch output.format {
    case .json: for explanation in explanations { try printJSON(explanation) }
    case .text:
      for explanation in explanations { print(explanation.sentence) }
      if explanations.isEmpty { print("nothing will run: all outputs come from the store") }
    }
  }

  private func named(_ name: String, in all: [Explanation]) throws -> [Explanation] {
    let found = all.filter { [$0.node.path, $0.group?.path].contains(name) }
    guard found.isEmpty else { return found }
    let names = all.flatMap { [$0.node.path, $0.group?.path].compactMap(\.self) }
    let suggestion = NearMiss.of(name, in: names)
    throw ValidationError(
      "the graph has no node `\(name)`" + (suggestion.map { "; did you mean `\($0)`?" } ?? ""))
  }
}

extension [Explanation] {
  /// What will or may run, and the handles that changed; those that are a cause themselves first.
  fileprivate var toDo: [Explanation] {
    let running = filter { explanation in
      switch explanation.state {
      case .run, .maybe: true
      case .load: if case .unchanged = explanation.cause { false } else { true }
      case .cached, .notNeeded: false
      }
    }
    return running.filter(\.cause.steps.isEmpty) + running.filter { !$0.cause.steps.isEmpty }
  }
}
