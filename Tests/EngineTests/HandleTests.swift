import Engine
import Graph
import Testing

/// Handles are loaded when something needs them that runs, and never stored.
@Suite struct HandleTests {
  private let folder = Folder()
  private var cache: String { folder.path + "/cache" }

  private func graph(_ file: String, strength: Int = 2, a: Int = 0) -> CheckedGraph {
    GraphBuilder.build {
      $0.node("load", "load-thing", ["path": .path(file)])
      $0.node("adapt", "adapt-thing", ["thing": .from("load.thing"), "strength": .int(strength)])
      $0.node("plain", "use-thing", ["thing": .from("load.thing")])
      $0.node("adapted", "use-thing", ["thing": .from("adapt.adapted"), "a": .int(a)])
      $0.output("plain", .from("plain.text"), .text)
      $0.output("adapted", .from("adapted.text"), .text)
    }
  }

  @Test func theyAreLoadedOnlyForWhatRuns() async throws {
    let file = try folder.write("ab", to: "thing")
    let first = try await Trial(graph(file), cache: cache)
    #expect(first.log.loaded == ["adapt", "load"])
    #expect(first.outputs == [.text("ab#0"), .text("abab#0")])
    #expect(try await Trial(graph(file), cache: cache).log.started.isEmpty)
    let edited = try await Trial(graph(file, a: 1), cache: cache)
    #expect(edited.log.loaded == ["adapt", "load"])
    #expect(edited.log.ran == ["adapted"])
    #expect(edited.log.cached(.static) == ["plain"])
  }

  @Test func aFileEntersByItsContent() async throws {
    _ = try await Trial(graph(try folder.write("ab", to: "one")), cache: cache)
    let copy = try await Trial(graph(try folder.write("ab", to: "two")), cache: cache)
    #expect(copy.log.started.isEmpty)
    let changed = try await Trial(graph(try folder.write("xy", to: "one")), cache: cache)
    #expect(changed.log.ran == ["adapted", "plain"])
    #expect(changed.outputs == [.text("xy#0"), .text("xyxy#0")])
  }

  @Test func theFilesBehindAResultAreTold() async throws {
    let file = try folder.write("ab", to: "thing")
    for _ in 1...2 {
      let files = try await Trial(graph(file), cache: cache).result.files
      #expect(files.map(\.node.path) == ["load"])
      #expect(files.map(\.path.written) == [file])
      #expect(files.map(\.digest) == [Hash256(of: Array("ab".utf8))])
    }
  }

  @Test func aMissingFileIsToldWithItsPlace() async throws {
    let graph = graph("/nowhere/thing")
    let failure = await #expect(throws: RunFailure.self) { try await Trial(graph, cache: cache) }
    #expect(failure?.node == NodeID("load"))
    #expect(
      failure?.description
        == "test.yaml:1:3: node `load` failed: `path`: cannot read /nowhere/thing: "
        + "No such file or directory (looked for /nowhere/thing)")
  }

  @Test func aFileThatChangesDuringTheRunFailsIt() async throws {
    let file = try folder.write("ab", to: "thing")
    let graph = GraphBuilder.build {
      $0.node("slow", "slow", ["a": .int(1)])
      $0.node("load", "load-thing", ["path": .path(file)])
      $0.node(
        "use", "use-thing", ["thing": .from("load.thing"), "a": .from("slow")])
      $0.output("text", .from("use.text"), .text)
    }
    let folder = folder
    let engine = Engine(library: testLibrary, store: Store(folder: cache))
    let failure = await #expect(throws: RunFailure.self) {
      try await engine.run(graph) { event in
        if case .step = event { _ = try? folder.write("other", to: "thing") }
      }
    }
    #expect(failure?.underlying is ChangedInput)
  }
}
