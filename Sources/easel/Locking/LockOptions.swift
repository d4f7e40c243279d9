import ArgumentParser
import Engine
import Graph

/// Whether a graph must be as it was locked.
struct LockOptions: ParsableArguments {
  @Flag(
    name: .customLong("locked"),
    help: "Go on only if all that the graph depends on is as `easel lock` found it.")
  var isRequired = false

  /// Ends the program with 1, every difference printed, where the lock does not hold.
  func require(
    _ graph: CheckedGraph, _ sources: [String: SourceText], plan: @autoclosure () throws -> Plan
  ) throws {
    guard isRequired else { return }
    try failing(with: 1) {
      let lock = try GraphLock(ofGraph: graph.file)
      let now = Inventory(of: graph, sources: sources, files: try plan().files)
      let differences = now.differences(from: lock.inventory)
      guard differences.isEmpty else {
        throw BrokenLock(
          path: GraphLock.path(ofGraph: graph.file), graph: graph.file, differences: differences)
      }
    }
  }
}
