import Engine
import Graph
import Testing

/// Order, memory, failure and cancellation. One at a time, since they share a gauge.
@Suite(.serialized) struct ScheduleTests {
  let folder = Folder()
  var cache: String { folder.path + "/cache" }

  @Test func theLongestChainGoesFirst() async throws {
    let graph = GraphBuilder.build {
      $0.node("short", "constant", ["value": .int(1)])
      $0.node("long", "constant", ["value": .int(2)])
      $0.node("longer", "tens", ["a": .from("long")])
      $0.node("longest", "tens", ["a": .from("longer")])
      $0.node("end", "sum", ["a": .from("short"), "b": .from("longest")])
      $0.output("end", .from("end"))
    }
    let trial = try await Trial(graph, cache: nil, options: EngineOptions(concurrency: 1))
    #expect(trial.log.started == ["long", "longer", "short", "longest", "end"])
  }

  private func sidebyside(_ count: Int, peak: Int, company: Int) -> CheckedGraph {
    GraphBuilder.build {
      for index in 0..<count {
        $0.node(
          "slow-\(index)", "slow",
          ["a": .int(index), "steps": .int(2), "peak": .int(peak), "company": .int(company)])
        $0.output("slow-\(index)", .from("slow-\(index)"))
      }
    }
  }

  @Test(arguments: [(1, Int.max, 1), (3, Int.max, 3), (8, 250, 2), (8, 50, 1)])
  func limitsHold(concurrency: Int, memory: Int, most: Int) async throws {
    Gauge.shared.reset()
    let options = EngineOptions(concurrency: concurrency, memoryBudget: memory)
    let trial = try await Trial(
      sidebyside(6, peak: 100, company: most), cache: nil, options: options)
    #expect(trial.outputs == (0..<6).map { .int($0) })
    #expect(Gauge.shared.most.nodes == most)
  }

  @Test func valuesGoAfterTheirLastConsumer() async throws {
    let graph = GraphBuilder.build {
      $0.node("block-0", "next-block")
      for index in 1..<40 {
        $0.node("block-\(index)", "next-block", ["before": .from("block-\(index - 1).block")])
      }
      $0.output("last", .from("block-39.block"), .image(.unknown))
    }
    let trial = try await Trial(graph, cache: cache)
    #expect((trial.result.outputs[0].value as? Block)?.number == 40)
    // Those that finished tasks have not yet let go of are among them.
    #expect(Block.mostAlive.load(ordering: .relaxed) <= 8)
  }

  @Test func theFirstFailureIsToldAndWhatWasFinishedIsKept() async throws {
    let graph = GraphBuilder.build {
      $0.node("one", "constant", ["value": .int(1)])
      $0.node("two", "sum", ["a": .from("one")])
      $0.node("three", "fail", ["a": .from("two")])
      $0.node("slow", "slow", ["a": .int(1), "steps": .int(1000)])
      $0.output("three", .from("three"))
      $0.output("slow", .from("slow"))
      $0.output("two", .from("two"))
    }
    let start = ContinuousClock.now
    let failure = await #expect(throws: RunFailure.self) { try await Trial(graph, cache: cache) }
    #expect(start.duration(to: .now) < .seconds(3))
    #expect(failure?.description == "test.yaml:3:3: node `three` failed: a mishap")
    let rest = GraphBuilder.build {
      $0.node("one", "constant", ["value": .int(1)])
      $0.node("two", "sum", ["a": .from("one")])
      $0.output("two", .from("two"))
    }
    #expect(try await Trial(rest, cache: cache).log.started.isEmpty)
  }

  @Test func aForgottenOutputIsAFailure() async throws {
    let graph = GraphBuilder.build {
      $0.node("forget", "forget")
      $0.output("forget", .from("forget"))
    }
    let failure = await #expect(throws: RunFailure.self) { try await Trial(graph, cache: nil) }
    #expect(failure?.underlying as? PortFailure == .outputNotSet(port: "result"))
  }

  @Test func cancellationIsNoticedAtTheNextStep() async throws {
    let graph = GraphBuilder.build {
      $0.node("slow", "slow", ["a": .int(1), "steps": .int(10_000)])
      $0.output("slow", .from("slow"))
    }
    let engine = Engine(library: testLibrary, store: Store(folder: cache))
    let (steps, continuation) = AsyncStream<Void>.makeStream()
    let run = Task {
      try await engine.run(graph) { if case .step = $0 { continuation.yield() } }
    }
    for await _ in steps { break }
    let start = ContinuousClock.now
    run.cancel()
    await #expect(throws: CancellationError.self) { try await run.value }
    #expect(start.duration(to: .now) < .seconds(1))
  }

  @Test func twoEnginesComputeAThingOnce() async throws {
    let graph = GraphBuilder.build {
      for index in 0..<6 {
        $0.node("slow-\(index)", "slow", ["a": .int(index), "steps": .int(4)])
        $0.node("tens-\(index)", "tens", ["a": .from("slow-\(index)")])
        $0.output("tens-\(index)", .from("tens-\(index)"))
      }
    }
    async let one = Trial(graph, cache: cache)
    async let two = Trial(graph, cache: cache)
    let trials = try await [one, two]
    #expect(trials[0].outputs == trials[1].outputs)
    // `tens` of 0 to 5 is 0 six times over: one content, computed once or twice at the very start.
    let slow = trials.flatMap(\.log.ran).filter { $0.hasPrefix("slow") }
    #expect(slow.sorted() == (0..<6).map { "slow-\($0)" })
  }

  @Test func computedBindingsAreEvaluatedWhenTheirReferencesAreThere() async throws {
    let graph = GraphBuilder.build {
      $0.node("one", "constant", ["value": .int(20)])
      $0.node("two", "constant", ["value": .int(22)])
      $0.node(
        "sum", "sum", ["a": .computed("one + two", "one", "two") { .int($0[0] + $0[1]) }])
      $0.output("sum", .from("sum"))
      $0.output("more", .computed("sum + 1", "sum") { .int($0[0] + 1) })
      $0.output("constant", .int(3), .float)
    }
    for _ in 1...2 {
      #expect(try await Trial(graph, cache: cache).outputs == [.int(42), .int(43), .float(3)])
    }
  }

  @Test func anExpressionWithoutAValueIsAFailureAtItsPlace() async throws {
    let graph = GraphBuilder.build {
      $0.node("zero", "constant")
      $0.node(
        "sum", "sum",
        [
          "a": .computed("1 / zero", "zero") { _ in
            throw EvaluationFailure("division by zero", at: .line(9))
          }
        ])
      $0.output("sum", .from("sum"))
    }
    let failure = await #expect(throws: RunFailure.self) { try await Trial(graph, cache: nil) }
    #expect(failure?.description == "test.yaml:9:3: node `sum` failed: division by zero")
  }

  @Test func aValueOutOfAPortsRangeIsAFailure() async throws {
    let graph = GraphBuilder.build {
      $0.node("big", "constant", ["value": .int(101)])
      $0.node("half", "half", ["a": .from("big")])
      $0.output("half", .from("half"), .float)
    }
    let failure = await #expect(throws: RunFailure.self) { try await Trial(graph, cache: nil) }
    #expect(
      failure?.underlying as? PortFailure == .outOfRange(port: "a", value: 101, allowed: 0...100))
  }

  @Test func anIntegerWidensAtANumbersPort() async throws {
    let graph = GraphBuilder.build {
      $0.node("five", "constant", ["value": .int(5)])
      $0.node("half", "half", ["a": .from("five")])
      $0.output("half", .from("half"), .float)
    }
    #expect(try await Trial(graph, cache: nil).outputs == [.float(2.5)])
  }
}
