import Glibc
import Testing

@testable import Engine

@Suite struct FileDigestsTests {
  private let folder = Folder()

  private var table: FileTable {
    let folder = folder.path
    return FileTable(path: folder + "/table") { "\(folder)/tmp-\(UInt64.random(in: 0 ... .max))" }
  }

  @Test func aFilesDigestIsItsSHA256() throws {
    let file = try folder.write("abc", to: "file")
    // FIPS 180-4, the example for "abc".
    #expect(
      try FileDigests().digest(of: file).description
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test func filesLongerThanAPieceAreReadWhole() throws {
    let bytes = (0..<3_000_001).map { UInt8(truncatingIfNeeded: $0 &* 7919) }
    try Folder.overwrite(folder.path + "/big", bytes)
    #expect(try FileDigests().digest(of: folder.path + "/big") == Hash256(of: bytes))
  }

  @Test func aFoldersDigestIsOfItsNamesAndContents() throws {
    func digest(_ files: [String: String]) throws -> Hash256 {
      let model = Folder()
      for (name, text) in files { try model.write(text, to: name) }
      return try FileDigests().digest(of: model.path)
    }
    let plain = try digest(["a": "1", "sub/b": "2"])
    #expect(try digest(["a": "1", "sub/b": "2", ".hidden/c": "3"]) == plain)
    #expect(try digest(["a": "1", "sub/c": "2"]) != plain)
    #expect(try digest(["a": "2", "sub/b": "1"]) != plain)
    #expect(try digest(["a": "1", "sub": "2"]) != plain)
  }

  @Test func linksAreFollowedButNotInCircles() throws {
    let file = try folder.write("abc", to: "blobs/file")
    try folder.write("abc", to: "plain/model")
    try Files.makeFolder(folder.path + "/linked")
    symlink(file, folder.path + "/linked/model")
    let digests = FileDigests()
    #expect(
      try digests.digest(of: folder.path + "/linked")
        == digests.digest(of: folder.path + "/plain"))
    symlink("..", folder.path + "/linked/circle")
    #expect(throws: UnreadableFile.self) { try digests.digest(of: folder.path + "/linked") }
  }

  @Test func aFileOfAFolderThatCannotBeReadIsNamed() throws {
    let model = try Files.parent(of: folder.write("abc", to: "model/sub/file"))
    symlink("nowhere", model + "/link")
    #expect(
      throws: UnreadableFile(path: model + "/link", reason: "No such file or directory")
    ) { try FileDigests().digest(of: folder.path + "/model") }
  }

  @Test func whatIsRememberedIsNotReadAgain() throws {
    let file = try folder.write("abc", to: "file")
    // The time of the last change of what is known about the file cannot be set back: the entry is
    // made to have been hashed later.
    let stamp = try Files.stamp(of: file)
    let made = Hash256(of: [1])
    let later = stamp.changed + 3_000_000_000
    try table.save([file: .init(stamp: stamp, digest: made, hashed: later)])
    #expect(try FileDigests(table: table).digest(of: file) == made)
    try folder.write("abd", to: "file")
    #expect(try FileDigests(table: table).digest(of: file) == Hash256(of: Array("abd".utf8)))
  }

  @Test func whatWasChangedJustNowIsNotRemembered() throws {
    let file = try folder.write("abc", to: "file")
    let digests = FileDigests(table: table)
    _ = try digests.digest(of: file)
    try digests.save()
    #expect(table.load().isEmpty)
  }

  @Test func pathsOfAllKindsAreRemembered() throws {
    let file = try folder.write("abc", to: "a name\nwith  all\tkinds ü")
    let entry = FileTable.Entry(
      stamp: try Files.stamp(of: file), digest: Hash256(of: [1]), hashed: .max)
    try table.save([file: entry])
    #expect(table.load() == [file: entry])
    var bytes = try Files.read(table.path)
    bytes[10] ^= 1
    try Folder.overwrite(table.path, bytes)
    #expect(table.load().isEmpty)
  }
}
