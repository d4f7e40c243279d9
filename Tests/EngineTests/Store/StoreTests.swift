import Glibc
import Graph
import Testing

@testable import Engine

/// The store by itself.
@Suite struct StoreTests {
  private let folder = Folder()
  private var cache: String { folder.path + "/cache" }

  /// Puts a result of `bytes` bytes that took `seconds` into the store, used `age` seconds ago.
  private func put(
    _ name: String, bytes: Int, seconds: Double, age: Int = 0, in store: Store
  ) throws -> RecordKey {
    let fill = UInt8(truncatingIfNeeded: name.utf8.reduce(0) { $0 &* 31 &+ Int($1) })
    let object = try store.save(object: [UInt8](repeating: fill, count: bytes))
    let key = RecordKey.static(Hash256(of: Array(name.utf8)))
    try store.save(
      Record(node: name, outputs: ["out": object], seconds: seconds, created: 0), as: key)
    let time = timespec(tv_sec: Glibc.time(nil) - age, tv_nsec: 0)
    utimensat(AT_FDCWD, store.layout.record(key), [time, time], 0)
    return key
  }

  @Test func whatIsWorthLeastGoesFirst() throws {
    let writer = Store(folder: cache)
    let keys = try [
      put("dear", bytes: 1000, seconds: 10, age: 300, in: writer),
      put("cheap", bytes: 1000, seconds: 1, age: 300, in: writer),
      put("small", bytes: 10, seconds: 0.05, age: 400, in: writer),
      put("older", bytes: 1000, seconds: 5, age: 500, in: writer),
      put("newer", bytes: 1000, seconds: 5, age: 250, in: writer),
    ]
    func left(after limit: Int) -> [Bool] {
      Store(folder: cache).prune(to: limit)
      return keys.map { Files.exists(writer.layout.record($0)) }
    }
    #expect(left(after: 4010) == [true, true, true, true, true])
    #expect(left(after: 4000) == [true, false, true, true, true])
    #expect(left(after: 3000) == [true, false, true, false, true])
    // `small` costs as much per byte as `newer`, and was used longer ago.
    #expect(left(after: 2009) == [true, false, false, false, true])
    #expect(left(after: 1999) == [true, false, false, false, false])
    #expect(left(after: 0) == [false, false, false, false, false])
    #expect(Store(folder: cache).statistics() == StoreStatistics())
  }

  @Test func whatThisProcessUsesStays() throws {
    let store = Store(folder: cache, limit: 1500)
    let used = try put("used", bytes: 1000, seconds: 1, in: Store(folder: cache))
    let unused = try put("unused", bytes: 1000, seconds: 100, in: Store(folder: cache))
    #expect(store.record(used) != nil)
    #expect(store.prune(to: 0) == 1000)
    #expect(store.record(used) != nil)
    #expect(store.record(unused) == nil)
  }

  @Test func theLimitHoldsAfterARun() async throws {
    let graph = GraphBuilder.build {
      for index in 0..<20 {
        $0.node("n\(index)", "pad", ["a": .int(index)])
        $0.output("n\(index)", .from("n\(index).text"), .text)
      }
    }
    for limit in [10_000, 640] {
      let engine = Engine(library: testLibrary, store: Store(folder: cache, limit: limit))
      _ = try await engine.run(graph)
    }
    #expect(Store(folder: cache).statistics().bytes == 20 * 64)
    let other = GraphBuilder.build {
      $0.node("n", "pad", ["a": .int(100)])
      $0.output("n", .from("n.text"), .text)
    }
    _ = try await Engine(library: testLibrary, store: Store(folder: cache, limit: 640)).run(other)
    #expect(Store(folder: cache).statistics().bytes == 640)
  }

  @Test func sharedObjectsStayForAsLongAsSomethingNamesThem() throws {
    let store = Store(folder: cache)
    let object = try store.save(object: [1, 2, 3])
    let other = try store.save(object: [4, 5, 6, 7])
    let both = Record(node: "both", outputs: ["a": object, "b": other], seconds: 0, created: 0)
    let one = Record(node: "one", outputs: ["a": object], seconds: 9, created: 0)
    try store.save(both, as: .static(Hash256(of: [1])))
    try store.save(one, as: .static(Hash256(of: [2])))
    #expect(Store(folder: cache).prune(to: 3) == 4)
    #expect(Store(folder: cache).record(.static(Hash256(of: [2]))) == one)
    #expect(Store(folder: cache).record(.static(Hash256(of: [1]))) == nil)
  }

  @Test func statisticsCountByKindOfNode() throws {
    let store = Store(folder: cache)
    let key = try put("sample", bytes: 100, seconds: 2, in: store)
    let record = try #require(store.record(key))
    try store.save(
      record, as: .content(Hash256(of: [1]), likeness: Hash256(of: [2])))
    _ = try put("decode", bytes: 50, seconds: 1, in: store)
    let statistics = store.statistics()
    #expect(statistics.objects == 2 && statistics.bytes == 150 && statistics.records == 3)
    #expect(statistics.kinds["sample"] == .init(results: 1, bytes: 100, seconds: 2))
  }

  @Test func clearingLeavesNothing() throws {
    let store = Store(folder: cache)
    _ = try put("a", bytes: 10, seconds: 1, in: store)
    try folder.write("not ours", to: "cache/v0/file")
    store.clear()
    #expect(Folder.files(under: cache) == [cache + "/v0/file"])
  }

  @Test func oldTemporariesAreSwept() throws {
    let store = Store(folder: cache)
    try folder.write("old", to: "cache/\(StoreLayout.version)/tmp/1-old", secondsAgo: 1000)
    let new = try folder.write("new", to: "cache/\(StoreLayout.version)/tmp/1-new", secondsAgo: 1)
    store.prune(to: 100)
    #expect(Folder.files(under: cache) == [new])
  }

  @Test func recordsReadBack() throws {
    let record = Record(
      node: "sample", outputs: ["latent": .init(digest: Hash256(of: [1]), byteCount: 7)],
      seconds: 0.1, created: 12)
    let key = RecordKey.content(Hash256(of: [2]), likeness: Hash256(of: [3]))
    let bytes = record.encoded(as: key)
    #expect(Record(bytes, of: key) == record)
    #expect(RecordKey(name: key.name) == key)
    #expect(Record(bytes, of: .static(Hash256(of: [2]))) == nil)
    for index in bytes.indices {
      var flipped = bytes
      flipped[index] ^= 1
      #expect(Record(flipped, of: key) == nil)
      #expect(Record(Array(bytes[..<index]), of: key) == nil)
    }
  }

  @Test func aLockIsHeldByOne() throws {
    let layout = StoreLayout(folder: cache)
    let places = [[1], [2]].map { layout.lock(.static(Hash256(of: $0))) }
    func isFree(_ place: KeyLock.Place) -> Bool {
      guard case .held(let lock) = KeyLock.attempt(at: place) else { return false }
      lock.release()
      return true
    }
    guard case .held(let lock) = KeyLock.attempt(at: places[0]) else {
      Issue.record("a free lock was not given")
      return
    }
    guard case .busy = KeyLock.attempt(at: places[0]) else {
      Issue.record("a lock was given twice")
      return
    }
    #expect(isFree(places[1]))
    lock.release()
    #expect(isFree(places[0]))
    #expect(Folder.files(under: cache) == [layout.locks])
    let nowhere = KeyLock.Place(file: try folder.write("", to: "file") + "/locks", byte: 1)
    guard case .impossible = KeyLock.attempt(at: nowhere) else {
      Issue.record("there is a lock where there can be none")
      return
    }
  }
}
