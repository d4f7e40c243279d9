import Graph
import Testing

@testable import Engine

/// Whatever is wrong with a stored file, the results are right.
@Suite struct DamageTests {
  private let folder = Folder()
  private var cache: String { folder.path + "/cache" }
  private var root: String { Store(folder: cache).layout.root }

  private func graph(_ file: String) -> CheckedGraph {
    GraphBuilder.build {
      $0.node("load", "load-thing", ["path": .path(file)])
      $0.node("number", "constant", ["value": .int(77)])
      $0.node("tens", "tens", ["a": .from("number")])
      $0.node("use", "use-thing", ["thing": .from("load.thing"), "a": .from("tens")])
      $0.output("text", .from("use.text"), .text)
      $0.node("sum", "sum", ["a": .from("tens"), "b": .from("number")])
      $0.output("even", .from("sum.even"), .bool)
    }
  }

  /// Fills a cache, damages each of its files in turn, and runs on it twice.
  private func damageEach(
    _ damage: (_ bytes: [UInt8], _ position: Int) -> [UInt8]
  ) async throws {
    let graph = graph(try folder.write("ab", to: "thing"))
    let sound = try await Trial(graph, cache: cache).outputs
    #expect(sound == [.text("ab#7"), .bool(true)])
    let files = Folder.files(under: cache)
    #expect(files.count > 10)
    for (index, file) in files.enumerated() {
      guard let bytes = try? Folder.read(file) else { continue }
      try Folder.overwrite(file, damage(bytes, index))
      #expect(try await Trial(graph, cache: cache).outputs == sound, "\(file)")
      let again = try await Trial(graph, cache: cache)
      #expect(again.outputs == sound && again.log.ran.isEmpty, "\(file)")
    }
  }

  @Test(arguments: [0, 3, 40, 70]) func aFlippedByteIsAMiss(seed: Int) async throws {
    try await damageEach { bytes, index in
      var bytes = bytes
      if !bytes.isEmpty { bytes[(seed &+ index &* 31) % bytes.count] ^= 1 << (index % 8) }
      return bytes
    }
  }

  @Test func aTruncatedFileIsAMiss() async throws {
    try await damageEach { bytes, index in Array(bytes.prefix(index % max(bytes.count, 1))) }
  }

  @Test func aForeignFileIsAMiss() async throws {
    try await damageEach { _, _ in Array("something else altogether".utf8) }
  }

  @Test func recordsUnderEachOthersNamesAreMisses() async throws {
    let graph = graph(try folder.write("ab", to: "thing"))
    let sound = try await Trial(graph, cache: cache).outputs
    let records = Folder.files(under: root + "/records")
    let contents = try records.map(Folder.read)
    for (index, record) in records.enumerated() {
      try Folder.overwrite(record, contents[(index + 1) % records.count])
    }
    let trial = try await Trial(graph, cache: cache)
    #expect(trial.outputs == sound)
    #expect(trial.log.ran == ["number", "sum", "tens", "use"])
  }

  @Test func objectsUnderEachOthersNamesAreMisses() async throws {
    let graph = graph(try folder.write("ab", to: "thing"))
    let sound = try await Trial(graph, cache: cache).outputs
    let objects = Folder.files(under: root + "/objects")
    let contents = try objects.map(Folder.read)
    for (index, object) in objects.enumerated() {
      try Folder.overwrite(object, contents[(index + 1) % objects.count])
    }
    #expect(try await Trial(graph, cache: cache).outputs == sound)
  }

  @Test func verifyingFindsAndRemovesWhatIsWrong() async throws {
    let graph = graph(try folder.write("ab", to: "thing"))
    let sound = try await Trial(graph, cache: cache).outputs
    let store = Store(folder: cache)
    #expect(store.verify().removed.isEmpty)
    let object = try #require(Folder.files(under: root + "/objects").first)
    try Folder.overwrite(object, [1, 2, 3])
    try Folder.overwrite(root + "/objects/00/stranger", [1])
    let report = store.verify()
    #expect(report.removed.contains(String(object.dropFirst(cache.count + 1))))
    #expect(report.removed.contains("\(StoreLayout.version)/objects/00/stranger"))
    #expect(store.verify().removed.isEmpty)
    #expect(try await Trial(graph, cache: cache).outputs == sound)
  }

  @Test func aFolderThatCannotBeWrittenIsSaidOnce() async throws {
    let graph = graph(try folder.write("ab", to: "thing"))
    let blocked = try folder.write("", to: "a-file") + "/cache"
    let trial = try await Trial(graph, cache: blocked)
    #expect(trial.outputs == [.text("ab#7"), .bool(true)])
    #expect(trial.log.notes.count == 1)
    #expect(trial.log.notes.first?.contains(blocked) == true)
  }
}
