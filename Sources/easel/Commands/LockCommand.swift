import ArgumentParser
import Engine
import Nodes

/// Writes down what a graph depends on.
struct LockCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lock",
    abstract: "Writes down what a graph depends on, for `run --locked`.",
    discussion: """
      Writes FILE.lock beside the graph: the digests of the models and files that its outputs need and of all \
      graphs that it uses, the versions of its nodes, of the language and of the program. Nothing is run. Keep \
      the lock in git; `easel run --locked` and `easel plan --locked` then refuse to go on when anything differs.

      An input without a default must be set, and what it names is locked with the rest.

      Exit code 0: written. 1: the graph has errors. 3: the lock cannot be written.
      """)

  @OptionGroup var graph: GraphOptions
  @OptionGroup var store: StoreOptions

  func run() throws {
    guard !RecordedPicture.isPicture(graph.file) else {
      throw ValidationError(
        "\(graph.file) is a picture, which carries its own record; lock a graph")
    }
    let (checked, sources) = try graph.check()
    let plan = try failing(with: 1) {
      try Engine(library: library, store: store.store, options: .here)
        .plan(checked, hashing: HashingProgress.show)
    }
    let lock = GraphLock(Inventory(of: checked, sources: sources, files: plan.files))
    try failing(with: 3) { try lock.write(besideGraph: graph.file) }
    print(GraphLock.path(ofGraph: graph.file))
  }
}
