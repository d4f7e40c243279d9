import Engine
import Graph
import Synchronization
import Testing

/// Who looks at the values of a run.
struct ObserverTests {
  private let folder = Folder()

  private var graph: CheckedGraph {
    GraphBuilder.build {
      $0.node("first", "constant", ["value": .int(41)])
      $0.node("tens", "tens", ["a": .from("first")])
      $0.node("sum", "sum", ["a": .from("tens"), "bias": .int(1)])
      $0.output("total", .from("sum"))
    }
  }

  private final class Seen: Sendable {
    let values = Mutex<[String: Literal]>([:])
  }

  private func run(_ graph: CheckedGraph) async throws -> (seen: [String: Literal], Engine) {
    let seen = Seen()
    let engine = Engine(
      library: testLibrary, store: Store(folder: folder.path + "/cache"),
      options: EngineOptions(observer: { node, values in
        seen.values.withLock {
          for value in values { $0["\(node).\(value.key)"] = value.value.literal }
        }
      }))
    _ = try await engine.run(graph)
    return (seen.values.withLock { $0 }, engine)
  }

  @Test func computedValuesAreSeenAndReadOnesToo() async throws {
    let (first, _) = try await run(graph)
    #expect(
      first == [
        "first.result": .int(41), "tens.result": .int(4), "sum.result": .int(5),
        "sum.even": .bool(false),
      ])
    let (second, _) = try await run(graph)
    #expect(second == ["sum.result": .int(5)])
  }

  @Test func whatIsStoredCanBeLookedUpByThePlan() async throws {
    let (_, engine) = try await run(graph)
    let plan = try engine.plan(graph)
    let stored = plan.entries.map { engine.storedValues(of: $0)["result"]?.literal }
    #expect(stored == [.int(41), .int(4), .int(5)])
    let unstored = try Engine(library: testLibrary, store: nil).plan(graph)
    #expect(
      unstored.entries.allSatisfy {
        Engine(library: testLibrary, store: nil).storedValues(of: $0).isEmpty
      })
  }
}
