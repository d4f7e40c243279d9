import Engine
import Graph
import Testing

/// Nodes that compute the same are computed once, in one graph and among several.
@Suite struct SharingTests {
  private let folder = Folder()

  /// A thing is loaded and used with some numbers.
  private func graph(_ name: String, thing: String, _ numbers: [Int]) -> CheckedGraph {
    GraphBuilder.build {
      $0.node("thing", "load-thing", ["path": .path(thing)])
      for number in numbers {
        let user = "user-\(number)"
        $0.node(user, "use-thing", ["thing": .from("thing.thing"), "a": .int(number)])
        $0.output("\(name)-\(number)", .from("\(user).text"), .text)
      }
    }.labelled(name)
  }

  @Test func severalGraphsShareWhatTheyHaveInCommon() async throws {
    let thing = try folder.write("x", to: "thing")
    let graphs = [graph("a", thing: thing, [1, 2]), graph("b", thing: thing, [2, 3])]
    let log = Log()
    let engine = Engine(library: testLibrary, store: nil)
    let results = try await engine.run(graphs) { log.add($0) }
    #expect(log.ran == ["a:user-1", "a:user-2", "b:user-3"])
    #expect(log.loaded == ["a:thing"])
    #expect(results.map { $0.outputs.map(\.name) } == [["a-1", "a-2"], ["b-2", "b-3"]])
    #expect(
      results.map { $0.outputs.map(\.value.literal) }
        == [[.text("x#1"), .text("x#2")], [.text("x#2"), .text("x#3")]])
    #expect(results.map { $0.files.map(\.node.path) } == [["a:thing"], ["b:thing"]])
  }

  @Test func aGraphHasNoNodeTwice() async throws {
    let thing = try folder.write("x", to: "thing")
    let graph = GraphBuilder.build {
      for copy in 0..<3 {
        $0.node("thing-\(copy)", "load-thing", ["path": .path(thing)])
        $0.node("user-\(copy)", "use-thing", ["thing": .from("thing-\(copy).thing")])
        $0.node(
          "length-\(copy)", "sum",
          ["a": .computed("2 * thing", "thing-\(copy).length") { .int(2 * $0[0]) }])
        $0.output("user-\(copy)", .from("user-\(copy).text"), .text)
        $0.output("length-\(copy)", .from("length-\(copy)"))
      }
    }
    let trial = try await Trial(graph, cache: folder.path + "/cache")
    #expect(trial.log.ran == ["length-0", "user-0"])
    #expect(trial.log.loaded == ["thing-0"])
    #expect(trial.outputs == Array(repeating: [.text("x#0"), .int(2)], count: 3).flatMap { $0 })
    let engine = Engine(library: testLibrary, store: nil)
    let entries = try engine.plan(graph).entries
    #expect(entries.map(\.node) == graph.nodes.map(\.id))
    #expect(entries.compactMap(\.sameAs?.path).count == 6)
  }

  @Test func afterAFailureTheRestOfOneGraphAndTheOthersAreFinished() async throws {
    let broken = GraphBuilder.build {
      $0.node("one", "constant", ["value": .int(1)])
      $0.node("bad", "fail", ["a": .from("one")])
      $0.node("after", "sum", ["a": .from("bad")])
      $0.node("beside", "sum", ["a": .from("one"), "bias": .int(4)])
      $0.output("after", .from("after"))
      $0.output("beside", .from("beside"))
    }
    let sound = GraphBuilder.build {
      $0.node("two", "constant", ["value": .int(2)])
      $0.output("two", .from("two"))
    }
    let engine = Engine(
      library: testLibrary, store: nil, options: EngineOptions(keepsGoing: true))
    let results = try await engine.run([broken.labelled("a"), sound.labelled("b")])
    #expect(results.map { $0.outputs.map(\.name) } == [["beside"], ["two"]])
    #expect(results.map { $0.failures.map(\.node.path) } == [["a:bad"], []])
  }
}
