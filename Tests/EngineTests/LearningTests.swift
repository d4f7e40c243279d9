import Graph
import Testing

@testable import Engine

/// What nodes cost is remembered from run to run, by their kinds and the sizes of their work.
extension ScheduleTests {
  /// Nodes that say that they need nothing; `first` makes their results new.
  private func sideBySide(_ count: Int, from first: Int, company: Int) -> CheckedGraph {
    GraphBuilder.build {
      // What comes from other nodes does not tell one kind of work from another.
      $0.node("company", "constant", ["value": .int(company)])
      for index in 0..<count {
        $0.node("number-\(index)", "constant", ["value": .int(first + index)])
        $0.node(
          "slow-\(index)", "slow",
          ["a": .from("number-\(index)"), "steps": .int(2), "company": .from("company")])
        $0.output("slow-\(index)", .from("slow-\(index)"))
      }
    }
  }

  @Test func measuredPeaksTakeThePlaceOfEstimates() async throws {
    let options = EngineOptions(concurrency: 3, memoryBudget: 250) { work in
      work()
      return 100
    }
    // The first time, three run at once; then no more than two fit into the memory.
    for (first, company) in [(0, 3), (10, 2)] {
      Gauge.shared.reset()
      let graph = sideBySide(4, from: first, company: company)
      let trial = try await Trial(graph, cache: cache, options: options)
      #expect(trial.outputs == (0..<4).map { .int(first + $0) })
      #expect(Gauge.shared.most.nodes == company)
    }
  }

  @Test func measuredTimesSetTheOrder() async throws {
    func graph(_ number: Int) -> CheckedGraph {
      GraphBuilder.build {
        $0.node("number", "constant", ["value": .int(number)])
        $0.node("short", "tens", ["a": .from("number")])
        $0.node("shorter", "sum", ["a": .from("short"), "b": .from("number")])
        $0.node("slow", "slow", ["a": .from("number"), "steps": .int(10)])
        $0.output("shorter", .from("shorter"))
        $0.output("slow", .from("slow"))
      }
    }
    let options = EngineOptions(concurrency: 1)
    let first = try await Trial(graph(100), cache: cache, options: options)
    #expect(first.log.started == ["number", "short", "shorter", "slow"])
    let second = try await Trial(graph(200), cache: cache, options: options)
    #expect(second.log.started == ["number", "slow", "short", "shorter"])
  }

  @Test func aDamagedTableIsAsGoodAsNone() async throws {
    let path = StoreLayout(folder: cache).costFile
    for bytes in ["", "nonsense", "0 0 0\n"] {
      try? Files.write(bytes.utf8, to: path, via: path + ".new")
      let graph = sideBySide(1, from: bytes.utf8.count, company: 1)
      #expect(try await Trial(graph, cache: cache).outputs == [.int(bytes.utf8.count)])
      #expect(try Folder.read(path).count > 64)
    }
  }
}
