import Foundation
import Glibc
import Synchronization
import Testing

@testable import Engine

/// Digests of large files: told of, stopped, and made by one process at a time.
@Suite struct FileHashingTests {
  private let folder = Folder()

  private var store: Store { Store(folder: folder.path + "/cache") }

  /// A file with nothing in it that is as large as `size` says, and takes no room.
  private func sparse(_ size: Int) throws -> String {
    let file = try folder.write("", to: "large.safetensors")
    #expect(truncate(file, size) == 0)
    let time = timespec(tv_sec: Glibc.time(nil) - 100, tv_nsec: 0)
    utimensat(AT_FDCWD, file, [time, time], 0)
    return file
  }

  @Test func aSlowReadingIsToldOf() {
    let told = Mutex<[HashingProgress]>([])
    var meter = HashingMeter(path: "a/b/c", total: 10) { progress in
      told.withLock { $0.append(progress) }
    }
    meter.advance(by: 1)
    Folder.sleep(milliseconds: 260)
    meter.advance(by: 1)
    meter.advance(by: 8)
    meter.finish()
    #expect(told.withLock { $0.map(\.bytes) } == [2, 10])
    #expect(told.withLock { $0.map(\.isDone) } == [false, true])
    #expect(told.withLock { $0.first?.name } == "b/c")
  }

  @Test func aQuickReadingIsNotToldOf() throws {
    let file = try folder.write("abc", to: "file")
    let told = Mutex(0)
    _ = try FileDigests { _ in told.withLock { $0 += 1 } }.digest(of: file)
    #expect(told.withLock { $0 } == 0)
  }

  @Test func aCancelledReadingEnds() async throws {
    let file = try sparse(1 << 30)
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try FileDigests().digest(of: file)
    }
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test func whatAnotherProcessReadsIsWaitedFor() async throws {
    let file = try sparse(65 << 20)
    let table = store.fileTable
    let place = try #require(table.lock(of: Files.realPath(file), size: 65 << 20))
    guard case .held(let lock) = KeyLock.attempt(at: place) else { throw Errors.noLock }
    let waiting = Task.detached { try store.digests { _ in }.digest(of: file) }
    try await Task.sleep(for: .milliseconds(100))
    // The other process has found something that no reading would find.
    let made = Hash256(of: [1])
    let entry = FileTable.Entry(stamp: try Files.stamp(of: file), digest: made, hashed: .max)
    try table.save([Files.realPath(file): entry])
    lock.release()
    #expect(try await waiting.value == made)
  }

  @Test func whatIsRememberedNeedsNoReading() throws {
    let model = try Files.parent(of: folder.write("abc", to: "model/a"))
    try folder.write("d", to: "model/b")
    let digests = store.digests { _ in }
    #expect(digests.remembered(of: model) == nil)
    let digest = try digests.digest(of: model)
    #expect(digests.remembered(of: model) == digest)
    try folder.write("e", to: "model/b")
    #expect(digests.remembered(of: model) == nil)
    #expect(digests.remembered(of: folder.path + "/nothing") == nil)
  }

  @Test func twoNamesOfAFileAreReadOnce() throws {
    let file = try folder.write("abc", to: "blobs/1")
    let link = folder.path + "/link"
    symlink(file, link)
    let digests = FileDigests()
    let digest = try digests.digest(of: link)
    #expect(digests.remembered(of: file) == digest)
  }

  @Test func whatTwoProcessesFindIsKept() throws {
    let files = try ["a", "b"].map { try folder.write($0, to: $0) }
    let table = store.fileTable
    let entries = try files.map { file in
      FileTable.Entry(stamp: try Files.stamp(of: file), digest: Hash256(of: [2]), hashed: .max)
    }
    let first = FileDigests(table: table)
    // Meanwhile another one writes what it has found.
    try table.save([files[0]: entries[0]])
    _ = try first.digest(of: files[1])
    try first.save()
    #expect(table.load()[files[0]] == entries[0])
  }

  @Test func aStoreThatIsOnlyLookedAtIsNotWrittenTo() throws {
    let file = try sparse(65 << 20)
    let digests = store.readOnly.digests { _ in }
    _ = try digests.digest(of: file)
    try digests.save()
    #expect(!Files.exists(store.folder))
  }

  private enum Errors: Error { case noLock }
}
