import Glibc
import SystemPackage
import Testing

@testable import Engine

/// Objects: their names, and the files that they are read from.
@Suite struct ObjectTests {
  private let folder = Folder()
  private static let sizes = [
    0, 1, 100, ObjectName.pieceSize - 1, ObjectName.pieceSize, ObjectName.pieceSize + 1,
    5 * ObjectName.pieceSize, 9 << 20,
  ]

  private static func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: ($0 * 7919) >> 5) }
  }

  /// The definition, in one thread.
  private static func name(_ bytes: [UInt8]) -> Hash256 {
    var hasher = FieldHasher()
    hasher.add("easel object")
    hasher.add(bytes.count)
    for start in stride(from: 0, to: max(bytes.count, 1), by: ObjectName.pieceSize) {
      hasher.add(Hash256(of: bytes[start..<min(start + ObjectName.pieceSize, bytes.count)]))
    }
    return hasher.finish()
  }

  @Test(arguments: sizes) func anObjectReadsBackUnderItsName(size: Int) throws {
    let store = Store(folder: folder.path)
    let bytes = Self.bytes(size)
    let output = try store.save(object: bytes)
    #expect(output == Record.Output(digest: Self.name(bytes), byteCount: size))
    #expect(ObjectName.of(bytes) == output.digest)
    #expect(store.object(output) == bytes)
    #expect(try Files.read(store.layout.object(output.digest)) == bytes)
    #expect(Folder.files(under: store.layout.temporaries).isEmpty)
    #expect(store.verify().removed.isEmpty)
  }

  /// A cache outlives programs. Both names were computed by a program in another language.
  @Test func namesStayAsTheyAre() {
    #expect(
      ObjectName.of([]).description
        == "17f4658d006c96e65cd3ef53780251d31974f0f918505980796f4ab5fe7fd620")
    #expect(
      ObjectName.of(Self.bytes(1_000_000)).description
        == "61352afca72521c70fc3232edae8d40698036fae2f9571929e9e2026407fd238")
  }

  @Test func theHashesOfPiecesDoNotHaveTheNameOfThePieces() {
    let bytes = Self.bytes(2 * ObjectName.pieceSize)
    var hashes: [UInt8] = []
    for start in [0, ObjectName.pieceSize] {
      Hash256(of: bytes[start..<start + ObjectName.pieceSize]).withBytes { hashes += $0 }
    }
    #expect(ObjectName.of(hashes) != ObjectName.of(bytes))
  }

  @Test(arguments: [0, 300_000, 9_437_183]) func aFlippedByteIsFound(position: Int) throws {
    let store = Store(folder: folder.path)
    let output = try store.save(object: Self.bytes(9 << 20))
    let path = store.layout.object(output.digest)
    var damaged = try Files.read(path)
    damaged[position] ^= 1
    try Folder.overwrite(path, damaged)
    #expect(store.object(output) == nil)
    #expect(!Files.exists(path))
  }

  @Test func aFailureOfTheDiskIsPassedOn() {
    struct Failure: Error, Equatable { var position: Int }
    Self.bytes(3 << 20).withUnsafeBytes { bytes in
      nonisolated(unsafe) let bytes = bytes
      #expect(throws: Failure(position: 1 << 20)) {
        try ObjectName.of(bytes) { range in
          if range.lowerBound == 1 << 20 { throw Failure(position: range.lowerBound) }
        }
      }
    }
  }

  /// What stands in an object's place and is no file of its size.
  enum Impostor: CaseIterable { case folder, pipe, device, longer, shorter, loop }

  @Test(arguments: Impostor.allCases) func whatCannotBeAnObjectIsAMiss(_ kind: Impostor) throws {
    let store = Store(folder: folder.path)
    // A folder of its own takes 4096 bytes in many file systems.
    let output = try store.save(object: Self.bytes(4096))
    let key = RecordKey.static(output.digest)
    try store.save(Record(node: "n", outputs: ["o": output], seconds: 1, created: 0), as: key)
    let path = store.layout.object(output.digest)
    Files.remove(path)
    switch kind {
    case .folder: mkdir(path, 0o777)
    case .pipe: mkfifo(path, 0o666)
    case .device: symlink("/dev/zero", path)
    case .longer: try Folder.overwrite(path, Self.bytes(4097))
    case .shorter: try Folder.overwrite(path, Self.bytes(4095))
    case .loop: symlink(path, path)
    }
    #expect(store.object(output) == nil)
    #expect(store.record(key) == nil)
  }

  /// Equal values come up all the time: true, false, 0.
  @Test func whatIsThereIsNotWrittenAgainUnlessItIsDamaged() throws {
    let bytes = Self.bytes(1000)
    let output = try Store(folder: folder.path).save(object: bytes)
    let path = Store(folder: folder.path).layout.object(output.digest)
    let first = try Files.stamp(of: path)
    #expect(try Store(folder: folder.path).save(object: bytes) == output)
    #expect(try Files.stamp(of: path) == first)
    try Folder.overwrite(path, Array(bytes.reversed()))
    #expect(try Store(folder: folder.path).save(object: bytes) == output)
    #expect(try Files.read(path) == bytes)
    #expect(Folder.files(under: folder.path) == [path])
  }

  @Test func anObjectThatCannotBeReadIsNotTrustedAgain() throws {
    let store = Store(folder: folder.path)
    let output = try store.save(object: Self.bytes(100))
    let key = RecordKey.static(output.digest)
    let record = Record(node: "n", outputs: ["o": output], seconds: 1, created: 0)
    try store.save(record, as: key)
    // Gone only for the reading: it looks as it should to everyone who asks afterwards.
    let path = store.layout.object(output.digest)
    rename(path, path + "-away")
    #expect(store.object(output) == nil)
    rename(path + "-away", path)
    #expect(store.record(key) == nil)
    _ = try store.save(object: Self.bytes(100))
    try store.save(record, as: key)
    #expect(store.record(key) == record)
  }

  @Test func pipesAndGiantsInTheRecordsPlaceAreMisses() throws {
    let store = Store(folder: folder.path)
    let key = RecordKey.static(Hash256(of: [1]))
    let path = store.layout.record(key)
    try Files.makeFolder(Files.parent(of: path))
    mkfifo(path, 0o666)
    #expect(store.record(key) == nil)
    Files.remove(path)
    try Folder.overwrite(path, [])
    truncate(path, 1 << 40)
    #expect(store.record(key) == nil)
  }
}
