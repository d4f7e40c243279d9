import Glibc
import Graph
import Testing

@testable import Engine

/// The files in which earlier runs are remembered.
@Suite struct ExplainHistoryTests {
  private let graph = ExplainSentenceTests.graph
  private var other: String { graph.replacing("value: 41", with: "value: 57") }

  /// Every file with its bytes and times.
  private func everything(in workshop: Workshop) throws -> [String: [Int]] {
    try Dictionary(
      uniqueKeysWithValues: Folder.files(under: workshop.folder.path).map { file in
        let stamp = try Files.stamp(of: file)
        return (file, [stamp.modified, stamp.changed, Hash256(of: try Files.read(file)).hashValue])
      })
  }

  @Test func aRunLikeTheLastWritesNothing() async throws {
    let workshop = try Workshop(graph)
    try await workshop.run()
    let history = workshop.history
    #expect(history.count == 1)
    let stamp = try Files.stamp(of: history[0])
    try await workshop.run()
    #expect(workshop.history == history)
    #expect(try Files.stamp(of: history[0]) == stamp)
  }

  @Test func aRunLikeAnEarlierOneIsTheNewestAgain() async throws {
    let workshop = try Workshop(graph)
    try await workshop.run()
    let first = try #require(workshop.history.first)
    try workshop.write(other)
    try await workshop.run()
    try workshop.write(graph)
    try await workshop.run()
    let history = workshop.history
    #expect(history.count == 2)
    #expect(history.last?.suffix(64) == first.suffix(64))
    #expect(!history.contains(first))
  }

  @Test func explainingChangesNothing() async throws {
    let workshop = try Workshop(graph)
    _ = try workshop.explain()
    #expect(Folder.files(under: workshop.folder.path + "/cache") == [])
    try await workshop.run()
    try workshop.write(other)
    let before = try everything(in: workshop)
    _ = try workshop.explain()
    #expect(try everything(in: workshop) == before)
  }

  @Test(arguments: 0..<40) func damageIsAsGoodAsNone(_ seed: UInt64) async throws {
    let workshop = try Workshop(graph)
    try await workshop.run()
    let file = try #require(workshop.history.first)
    var random = SplitMix(state: seed)
    var bytes = try Files.read(file)
    switch seed % 3 {
    case 0: bytes = Array(bytes.prefix(Int.random(in: 0..<bytes.count, using: &random)))
    case 1: bytes[Int.random(in: bytes.indices, using: &random)] ^= 1
    default:
      // The checksum is right, and what is in front of it is not.
      var body = Array(bytes.dropLast(65))
      for _ in 0..<4 {
        body[Int.random(in: 17..<body.count, using: &random)] = .random(in: 0...255, using: &random)
      }
      bytes = Checksum.appended(to: body)
    }
    try Folder.overwrite(file, bytes)
    try workshop.write(other)
    #expect(try workshop.said(of: "number")?.hasPrefix("will run: ") == true)
    try await workshop.run()
    #expect(workshop.history.count == 2)
  }

  @Test func whatCannotBeWrittenIsNotRemembered() async throws {
    let workshop = try Workshop(graph)
    try workshop.folder.write("", to: "cache/\(StoreLayout.version)/history", secondsAgo: 0)
    try await workshop.run()
    #expect(try workshop.said(of: "number")?.hasPrefix("will not run: ") == true)
  }

  @Test func clearingForgets() async throws {
    let workshop = try Workshop(graph)
    try await workshop.run()
    let store = Store(folder: workshop.folder.path + "/cache")
    #expect(store.statistics().objects > 0)
    store.clear()
    #expect(workshop.history == [])
    #expect(try workshop.said(of: "number") == "will run: it never ran before")
  }

  @Test func verifyingRemovesWhatIsDamaged() async throws {
    let workshop = try Workshop(graph)
    try await workshop.run()
    let store = Store(folder: workshop.folder.path + "/cache")
    #expect(store.verify().removed == [])
    let file = try #require(workshop.history.first)
    try Folder.overwrite(file, Array("rubbish".utf8))
    #expect(store.verify().removed.map { "\(store.folder)/\($0)" } == [file])
    #expect(workshop.history == [])
  }

  @Test func graphsThatWereNotRunForLongestAreForgotten() async throws {
    let workshop = try Workshop(graph)
    for number in 0..<RunHistory.graphLimit {
      let name = "cache/\(StoreLayout.version)/history/\(Hash256(of: "\(number)".utf8))/run"
      try workshop.folder.write("", to: name)
      let folder = Files.parent(of: "\(workshop.folder.path)/\(name)")
      let time = timespec(tv_sec: time(nil) - 1000 + number, tv_nsec: 0)
      utimensat(AT_FDCWD, folder, [time, time], 0)
    }
    try await workshop.run()
    Store(folder: workshop.folder.path + "/cache").prune(to: .max)
    #expect(workshop.history.count == RunHistory.graphLimit)
    #expect(!workshop.history.contains { $0.contains("\(Hash256(of: "0".utf8))") })
    #expect(workshop.history.contains { $0.contains("\(Hash256(of: "1".utf8))") })
  }

  @Test func whatIsReadIsWhatWasWritten() async throws {
    let workshop = try Workshop(graph)
    try await workshop.run()
    let run = try #require(
      RunHistory(of: try workshop.graph().file, in: workshop.layout).load().first)
    #expect(try workshop.description(hasResult: true).encoded.count == run.graph.encoded.count)
    #expect(GraphDescription(encoded: run.graph.encoded)?.nodes == run.graph.nodes)
  }
}
