import Engine
import Graph
import Testing

/// What a plan says before anything runs.
@Suite struct PlannerTests {
  private let folder = Folder()
  private var engine: Engine {
    Engine(library: testLibrary, store: Store(folder: folder.path + "/cache"))
  }

  private func graph(_ file: String, number: Int = 41, bias: Int = 0) -> CheckedGraph {
    GraphBuilder.build {
      $0.node("load", "load-thing", ["path": .path(file)])
      $0.node("number", "constant", ["value": .int(number)])
      $0.node("tens", "tens", ["a": .from("number")])
      $0.node("sum", "sum", ["a": .from("tens"), "bias": .int(bias)])
      $0.node("use", "use-thing", ["thing": .from("load.thing"), "a": .from("sum")])
      $0.node("unused", "tens", ["a": .from("number")])
      $0.output("text", .from("use.text"), .text)
    }
  }

  private func states(_ graph: CheckedGraph) throws -> String {
    try engine.plan(graph).entries.map { "\($0.node):\($0.state.rawValue)" }
      .joined(separator: " ")
  }

  @Test func everyStateIsForetold() async throws {
    let file = try folder.write("ab", to: "thing")
    #expect(
      try states(graph(file))
        == "load:load number:run tens:run sum:run use:run unused:not-needed")
    _ = try await engine.run(graph(file))
    #expect(
      try states(graph(file))
        == "load:not-needed number:not-needed tens:not-needed sum:not-needed use:cached "
        + "unused:not-needed")
    // What is below the edit may be found by content, as there were such results before ...
    #expect(
      try states(graph(file, number: 77))
        == "load:load number:run tens:maybe sum:maybe use:maybe unused:not-needed")
    // ... which cannot be where the parameters are new.
    #expect(
      try states(graph(file, number: 77, bias: 1))
        == "load:load number:run tens:maybe sum:run use:maybe unused:not-needed")
    #expect(
      try states(graph(file, bias: 1))
        == "load:load number:not-needed tens:cached sum:run use:maybe unused:not-needed")
  }

  @Test func keysDependOnAllThatMatters() throws {
    let file = try folder.write("ab", to: "thing")
    func keys(_ graph: CheckedGraph, mode: String = "f32") throws -> [Hash256?] {
      try Engine(library: testLibrary, store: nil, options: EngineOptions(numericMode: mode))
        .plan(graph).entries.map(\.key)
    }
    let plain = try keys(graph(file))
    #expect(try keys(graph(file)) == plain)
    #expect(plain.last == .some(nil))
    #expect(Set(plain.dropLast()).count == plain.count - 1)
    #expect(zip(plain, try keys(graph(file), mode: "f16")).dropLast().allSatisfy { $0 != $1 })
    let edited = try keys(graph(file, bias: 1))
    #expect(zip(plain, edited).map { $0 == $1 } == [true, true, true, false, false, true])
  }

  @Test func anIntegerAndTheSameNumberAreOneKey() throws {
    func key(_ literal: Literal) throws -> Hash256? {
      try engine.plan(
        GraphBuilder.build {
          $0.node("half", "half", ["a": .constant(literal)])
          $0.output("half", .from("half"), .float)
        }
      ).entries[0].key
    }
    #expect(try key(.int(3)) == key(.float(3)))
    #expect(try key(.int(3)) != key(.int(4)))
  }

  @Test func aFileThatIsNotKnownBeforeTheRunIsNeverFound() async throws {
    let one = try folder.write("ab", to: "1")
    let graph = GraphBuilder.build {
      $0.node("number", "constant", ["value": .int(1)])
      let folder = folder.path
      $0.node(
        "load", "load-thing",
        [
          "path": .computed("folder / number", "number") {
            let path = "\(folder)/\($0[0])"
            return .path(FilePathLiteral(written: path, resolved: path))
          }
        ])
      $0.node("use", "use-thing", ["thing": .from("load.thing")])
      $0.output("text", .from("use.text"), .text)
    }
    #expect(try await engine.run(graph).outputs.map(\.value.literal) == [.text("ab#0")])
    try Folder.overwrite(one, Array("xy".utf8))
    #expect(try await engine.run(graph).outputs.map(\.value.literal) == [.text("xy#0")])
  }

  @Test func anUnknownKindOfNodeIsAFailure() {
    let empty = Engine(library: NodeLibrary([]), store: nil)
    let failure = #expect(throws: RunFailure.self) { try empty.plan(graph("")) }
    #expect(failure?.reason == "there is no kind of node called `load-thing`")
  }

  @Test func aThousandNodesArePlannedInMilliseconds() throws {
    let graph = GraphBuilder.build {
      $0.node("n0", "constant")
      for index in 1..<1000 {
        $0.node(
          "n\(index)", "sum",
          ["a": .from("n\(index - 1)"), "b": .from("n\(index / 2)"), "bias": .int(index % 7)])
      }
      $0.output("end", .from("n999"))
    }
    let start = ContinuousClock.now
    let plan = try engine.plan(graph)
    // It takes about 5 ms on an idle machine; this one may be busy with other tests.
    #expect(start.duration(to: .now) < .milliseconds(500))
    #expect(plan.entries.count == 1000)
  }
}
