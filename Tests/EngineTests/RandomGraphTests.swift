import Engine
import Graph
import Testing

/// Random graphs with random edits: with the cache and without it the outputs are the same, and
/// nothing runs twice.
@Suite struct RandomGraphTests {
  private let folder = Folder()

  /// Parameters by node, edited from run to run.
  private struct Recipe {
    var random: SplitMix
    var values: [Int]
    var sources: [[Int]]

    init(seed: UInt64) throws {
      var random = SplitMix(state: seed)
      let count = Int.random(in: 5...60, using: &random)
      values = (0..<count).map { _ in Int.random(in: 0...99, using: &random) }
      sources = (0..<count).map { node in
        (0..<min(node, Int.random(in: 0...3, using: &random)))
          .map { _ in Int.random(in: 0..<node, using: &random) }
      }
      self.random = random
    }

    mutating func edit() {
      for _ in 0..<Int.random(in: 0...3, using: &random) {
        let node = Int.random(in: values.indices, using: &random)
        values[node] = Int.random(in: 0...99, using: &random)
      }
    }

    /// `outputs`: the nodes whose results are handed out, some of them only at times.
    mutating func graph(thing: String) -> CheckedGraph {
      let outputs = Set((0..<4).map { _ in Int.random(in: values.indices, using: &random) })
      return GraphBuilder.build { graph in
        graph.node("thing", "load-thing", ["path": .path(thing)])
        for node in values.indices { add(node, to: &graph) }
        for node in outputs.sorted() { graph.output("n\(node)", .from("n\(node)"), .int) }
      }
    }

    private func add(_ node: Int, to graph: inout GraphBuilder) {
      let inputs = sources[node].map { Binding.from("n\($0)") }
      switch inputs.count {
      case 0: graph.node("n\(node)", "constant", ["value": .int(values[node])])
      case 1 where values[node].isMultiple(of: 2): graph.node("n\(node)", "tens", ["a": inputs[0]])
      case 1:
        graph.node("n\(node)", "sum", ["a": inputs[0], "b": .from("thing.length")])
      default:
        let ports = Dictionary(uniqueKeysWithValues: zip(["a", "b", "c"], inputs))
        graph.node(
          "n\(node)", "sum", ports.merging(["bias": .int(values[node])]) { first, _ in first })
      }
    }
  }

  @Test(arguments: 1...12) func cachedRunsAreAsGoodAsClean(seed: UInt64) async throws {
    var recipe = try Recipe(seed: seed)
    let thing = try folder.write("some thing", to: "thing")
    for _ in 0..<8 {
      let graph = recipe.graph(thing: thing)
      let clean = try await Trial(graph, cache: nil)
      let cached = try await Trial(graph, cache: folder.path + "/cache")
      #expect(cached.outputs == clean.outputs)
      #expect(Set(cached.log.ran).count == cached.log.ran.count)
      #expect(Set(cached.log.ran).isSubset(of: clean.log.ran))
      #expect(try await Trial(graph, cache: folder.path + "/cache").log.started.isEmpty)
      recipe.edit()
    }
  }

  @Test(arguments: 21...24) func enginesAtOnceAreAsGoodAsOne(seed: UInt64) async throws {
    var recipe = try Recipe(seed: seed)
    let thing = try folder.write("some thing", to: "thing")
    let cache = folder.path + "/cache"
    for concurrency in 1...4 {
      let graph = recipe.graph(thing: thing)
      let clean = try await Trial(graph, cache: nil)
      let options = EngineOptions(concurrency: concurrency, memoryBudget: concurrency * 1000)
      async let one = Trial(graph, cache: cache, options: options)
      async let two = Trial(graph, cache: cache, options: options)
      async let three = Trial(graph, cache: cache, options: options)
      let trials = try await [one, two, three]
      #expect(trials.allSatisfy { $0.outputs == clean.outputs })
      let ran = trials.flatMap(\.log.ran)
      #expect(Set(ran).count == ran.count)
      recipe.edit()
    }
  }
}

/// A small generator that gives the same numbers everywhere (Steele, Lea, Flood 2014).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
