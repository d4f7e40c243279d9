import Engine
import Glibc
import Graph
import Synchronization
import Testing

/// Random graphs of up to 500 nodes: whatever the concurrency, the memory, the moments at which runs are
/// cut short and the edits between them, the outputs are those of the oracle; nothing runs twice, and
/// nothing that need not run runs.
@Suite struct PropertyTests {
  private let folder = Folder()

  /// `EASEL_PROPERTY_SEEDS` asks for more than the few that every test run tries.
  private static let seeds: Range<UInt64> = {
    let count = getenv("EASEL_PROPERTY_SEEDS").flatMap { UInt64(String(cString: $0)) } ?? 8
    return 1000..<1000 + count
  }()

  @Test(arguments: seeds) func runsAreAsTheOracleSays(seed: UInt64) async throws {
    var random = RandomGraph(seed: seed, size: 5...500)
    /// What has been computed so far, by runs that were finished or not.
    var done: Set<Oracle.Work> = []
    for _ in 0..<6 {
      let graph = random.graph
      var oracle = Oracle(graph)
      if random.random(in: 0...2) == 0 {
        let ran = await cutShort(graph, after: random.random(in: 0...20))
        done.formUnion(oracle.work(of: ran))
      }
      let trial = try await Trial(graph, cache: cache, options: options(&random))
      #expect(trial.values == oracle.outputs)
      let ran = oracle.work(of: trial.log.ran)
      #expect(Set(ran).count == ran.count)
      #expect(Set(ran) == oracle.needed.subtracting(done))
      done.formUnion(ran)
      random.edit()
    }
  }

  /// The sequential run without a cache is held to the oracle too.
  @Test(arguments: seeds) func sequentialRunsAreAsTheOracleSays(seed: UInt64) async throws {
    let graph = RandomGraph(seed: seed, size: 5...200).graph
    var oracle = Oracle(graph)
    let trial = try await Trial(graph, cache: nil, options: EngineOptions(concurrency: 1))
    #expect(trial.values == oracle.outputs)
    #expect(Set(oracle.work(of: trial.log.ran)) == oracle.needed)
  }

  @Test(arguments: seeds) func failuresLeaveTheRestAlone(seed: UInt64) async throws {
    var random = RandomGraph(seed: seed, size: 5...200, failures: 20)
    let graph = random.graph
    var oracle = Oracle(graph)
    var options = options(&random)
    options.keepsGoing = true
    let trial = try await Trial(graph, cache: cache, options: options)
    #expect(trial.values == oracle.outputs)
    let ran = Set(oracle.work(of: trial.log.ran))
    #expect(ran == oracle.needed)
    #expect(trial.result.failures.isEmpty == !trial.log.events.contains(where: \.isFailure))
  }

  private var cache: String { folder.path + "/cache" }

  private func options(_ random: inout RandomGraph) -> EngineOptions {
    EngineOptions(
      concurrency: random.random(in: 1...8),
      memoryBudget: [0, 100, 10_000, .max][random.random(in: 0...3)])
  }

  /// Runs until some nodes are done and cancels then; what was done is in the store.
  private func cutShort(_ graph: CheckedGraph, after count: Int) async -> [String] {
    let log = Log()
    let left = Atomic(count)
    let task = Mutex<Task<Void, Never>?>(nil)
    let engine = Engine(library: testLibrary, store: Store(folder: cache))
    let run = Task {
      _ = try? await engine.run(graph) { event in
        log.add(event)
        if case .finished = event, left.subtract(1, ordering: .relaxed).newValue <= 0 {
          task.withLock { $0?.cancel() }
        }
      }
    }
    task.withLock { $0 = run }
    await run.value
    return log.ran
  }
}

extension Trial {
  /// The scalars that the graph handed out, nil for what is missing.
  fileprivate var values: [Literal?] {
    let byName = Dictionary(result.outputs.map { ($0.name, $0.value.literal) }) { first, _ in first
    }
    return graph.outputs.map { byName[$0.name] ?? nil }
  }
}

extension Oracle {
  fileprivate mutating func work(of nodes: [String]) -> [Work] { nodes.map { work(of: $0) ?? $0 } }
}

extension RunEvent {
  fileprivate var isFailure: Bool { if case .failed = self { true } else { false } }
}
