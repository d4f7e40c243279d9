import Engine
import Graph
import Testing

/// What runs and what does not, over several runs in the same cache folder.
@Suite struct EngineTests {
  private let folder = Folder()
  private var cache: String { folder.path + "/cache" }

  /// first -> tens -> sum -> total, and other -> total.
  private func chain(first: Int = 41, other: Int = 1, bias: Int = 0, label: String = "")
    -> CheckedGraph
  {
    GraphBuilder.build {
      $0.node("first", "constant", ["value": .int(first), "label": .text(label)])
      $0.node("other", "constant", ["value": .int(other)])
      $0.node("tens", "tens", ["a": .from("first")])
      $0.node("sum", "sum", ["a": .from("tens"), "bias": .int(bias)])
      $0.node("total", "sum", ["a": .from("sum"), "b": .from("other")])
      $0.node("unused", "sum", ["a": .from("sum")])
      $0.output("total", .from("total"))
    }
  }

  @Test func theSecondRunRunsNothing() async throws {
    let first = try await Trial(chain(), cache: cache)
    #expect(first.log.ran == ["first", "other", "sum", "tens", "total"])
    #expect(first.outputs == [.int(7)])
    let second = try await Trial(chain(), cache: cache)
    #expect(second.log.started.isEmpty)
    #expect(second.log.cached(.static) == ["total"])
    #expect(second.outputs == first.outputs)
  }

  @Test func aParameterRunsItsNodeAndWhatIsBelow() async throws {
    _ = try await Trial(chain(), cache: cache)
    let trial = try await Trial(chain(bias: 5), cache: cache)
    #expect(trial.log.ran == ["sum", "total"])
    #expect(trial.outputs == [.int(12)])
  }

  @Test func anEditThatChangesNothingEndsThere() async throws {
    _ = try await Trial(chain(), cache: cache)
    let edited = try await Trial(chain(first: 48), cache: cache)
    #expect(edited.log.ran == ["first", "tens"])
    #expect(edited.log.cached(.content).contains("total"))
    #expect(edited.outputs == [.int(7)])
    let again = try await Trial(chain(first: 48), cache: cache)
    #expect(again.log.started.isEmpty)
    #expect(again.log.cached(.static) == ["total"])
  }

  @Test func whatIsFoundByContentIsFoundByItsKeyNextTime() async throws {
    _ = try await Trial(chain(), cache: cache)
    var upstream = chain(first: 48)
    upstream.outputs[0].binding = .from("tens")
    _ = try await Trial(upstream, cache: cache)
    let edited = try await Trial(chain(first: 48), cache: cache)
    #expect(edited.log.started.isEmpty)
    #expect(edited.log.cached(.content) == ["total"])
    let again = try await Trial(chain(first: 48), cache: cache)
    #expect(again.log.cached(.static) == ["total"])
  }

  @Test func aPortWithoutEffectChangesNothing() async throws {
    _ = try await Trial(chain(), cache: cache)
    #expect(try await Trial(chain(label: "new"), cache: cache).log.started.isEmpty)
  }

  @Test func withoutACacheEverythingNeededRuns() async throws {
    for _ in 1...2 {
      let trial = try await Trial(chain(), cache: nil)
      #expect(trial.log.ran == ["first", "other", "sum", "tens", "total"])
      #expect(trial.outputs == [.int(7)])
    }
  }
}
