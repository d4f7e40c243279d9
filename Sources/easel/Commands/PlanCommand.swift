import ArgumentParser
import Engine
import Nodes

/// Says what a run would do.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Says what would run and what is cached, in order.",
    discussion: """
      STATES
        run         it is computed
        cached      its result is in the cache
        load        a model is opened for a node that runs
        maybe       it runs, unless the nodes before it turn out to give what they gave before, or a \
                    `when` or a `? :` leaves it out
        not-needed  nothing that runs needs it

      Exit code 0: the graph can run. 1: it has errors, or --locked and something differs.
      """)

  @OptionGroup var graph: GraphOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var lock: LockOptions
  @OptionGroup var output: FormatOptions

  func run() throws {
    let (graph, sources) = try graph.check()
    let plan = try failing(with: 1) {
      try Engine(library: library, store: store.store, options: .here)
        .plan(graph, hashing: HashingProgress.show)
    }
    try lock.require(graph, sources, plan: plan)
    switch output.format {
    case .json: for entry in plan.entries { try printJSON(entry) }
    case .text:
      var table = TextTable()
      for entry in plan.entries {
        table.add(entry.state.rawValue, entry.node.description, entry.uses)
      }
      print(table.rendered(indent: 0))
    }
  }
}
