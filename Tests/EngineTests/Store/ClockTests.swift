import Glibc
import Graph
import Testing

@testable import Engine

/// Clocks that are set, forwards and back.
@Suite struct ClockTests {
  private let folder = Folder()
  private static let second = 1_000_000_000

  @Test(arguments: [
    (0, 0, 0), (5, 9, 4), (9, 5, 4), (.min, 0, .max), (.max, .min, .max), (.min, .max, .max),
    (-3, 4, 7),
  ]) func aDistanceIsNeverNegative(a: Int, b: Int, expected: Int) {
    #expect(FileStamp.distance(from: a, to: b) == expected)
  }

  /// Times in seconds after the hashing.
  struct Times: Sendable {
    var modified: Int
    var changed: Int
    var isRemembered: Bool
  }

  @Test(arguments: [
    Times(modified: -100, changed: -100, isRemembered: true),
    Times(modified: -100, changed: -1, isRemembered: false),
    Times(modified: -1, changed: -100, isRemembered: false),
    Times(modified: 0, changed: 0, isRemembered: false),
    Times(modified: 1, changed: 1, isRemembered: false),
    // A camera whose clock was ahead; an archive that was unpacked with the times in it.
    Times(modified: 1_000_000_000, changed: -100, isRemembered: true),
    Times(modified: 1_000_000_000, changed: -1, isRemembered: false),
    // The clock was ahead when the file was written, and was set back before it was hashed.
    Times(modified: 3600, changed: 3600, isRemembered: true),
    // The clock was in 1970 when the file was hashed, or when it was written.
    Times(modified: 1_790_000_000, changed: 1_790_000_000, isRemembered: true),
    Times(modified: -1_790_000_000, changed: -1_790_000_000, isRemembered: true),
  ]) func aFileIsRememberedWhenALaterChangeWouldShow(_ times: Times) {
    let hashed = 1_795_000_000 * Self.second
    let entry = FileTable.Entry(
      stamp: FileStamp(
        kind: .file, device: 1, inode: 2, size: 3, modified: hashed + times.modified * Self.second,
        changed: hashed + times.changed * Self.second),
      digest: Hash256(of: [1]), hashed: hashed)
    #expect(entry.isSettled == times.isRemembered)
  }

  /// Seconds before now.
  @Test(arguments: [(1, false), (-1, false), (1000, true), (-1000, true), (1_700_000_000, true)])
  func temporariesAreSweptByTheirDistanceFromNow(age: Int, isSwept: Bool) throws {
    let store = Store(folder: folder.path)
    let file = try folder.write("", to: "\(StoreLayout.version)/tmp/1-a", secondsAgo: age)
    store.prune(to: 100)
    #expect(Files.exists(file) == !isSwept)
  }

  @Test(arguments: [1_700_000_000, -1_700_000_000]) func everythingIsFoundAndEvicted(age: Int)
    async throws
  {
    let graph = GraphBuilder.build {
      for index in 0..<5 {
        $0.node("n\(index)", "pad", ["a": .int(index)])
        $0.output("n\(index)", .from("n\(index).text"), .text)
      }
    }
    let first = try await Trial(graph, cache: folder.path)
    for file in Folder.files(under: folder.path) {
      let time = timespec(tv_sec: Glibc.time(nil) - age, tv_nsec: 0)
      utimensat(AT_FDCWD, file, [time, time], 0)
    }
    let second = try await Trial(graph, cache: folder.path)
    #expect(second.outputs == first.outputs && second.log.ran.isEmpty)
    #expect(Store(folder: folder.path).prune(to: 128) == 3 * 64)
    let third = try await Trial(graph, cache: folder.path)
    #expect(third.outputs == first.outputs && third.log.ran.count == 3)
  }

  /// The folder goes away whenever a node has finished.
  @Test func aCacheThatVanishesDuringTheRunIsMadeAgain() async throws {
    let cache = folder.path + "/cache"
    let graph = GraphBuilder.build {
      $0.node("one", "constant", ["value": .int(1)])
      $0.node("two", "sum", ["a": .from("one"), "bias": .int(1)])
      $0.node("three", "sum", ["a": .from("two"), "b": .from("one")])
      $0.output("three", .from("three"))
    }
    let log = Log()
    let result = try await Engine(library: testLibrary, store: Store(folder: cache)).run(graph) {
      log.add($0)
      if case .finished = $0 { rename(cache, folder.path + "/away-\(log.events.count)") }
    }
    #expect(result.outputs.map(\.value.literal) == [.int(5)])
    #expect(log.ran == ["one", "three", "two"] && log.notes.isEmpty)
    #expect(try await Trial(graph, cache: cache).outputs == [.int(5)])
  }
}
