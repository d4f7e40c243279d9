import Glibc
import SystemPackage
import Testing

@testable import Engine

/// Writing while others remove what is being written.
@Suite struct FilesTests {
  private let folder = Folder()

  /// Writes a file whose temporary file, or everything, is removed during the first `removals` tries.
  private func write(removals: Int, _ remove: @escaping (String) -> Void) throws -> Int {
    var tries = 0
    var temporary = ""
    try Files.write {
      temporary = "\(folder.path)/cache/tmp/\(tries)"
      return temporary
    } filling: { file in
      tries += 1
      try file.writeAll("text \(tries)".utf8)
      if tries <= removals { remove(temporary) }
      return folder.path + "/cache/objects/file"
    }
    return tries
  }

  @Test(arguments: 0...2) func aTemporaryFileThatWasSweptIsWrittenAgain(removals: Int) throws {
    #expect(try write(removals: removals) { unlink($0) } == removals + 1)
    let file = folder.path + "/cache/objects/file"
    #expect(try Files.read(file) == Array("text \(removals + 1)".utf8))
    #expect(Folder.files(under: folder.path) == [file])
  }

  @Test func aFolderThatWasRemovedIsMadeAgain() throws {
    let tries = try write(removals: 1) { temporary in
      unlink(temporary)
      rmdir(Files.parent(of: temporary))
      rmdir(folder.path + "/cache")
    }
    #expect(tries == 2)
    #expect(Files.exists(folder.path + "/cache/objects/file"))
  }

  @Test func whatAlwaysGoesAwayIsGivenUp() {
    #expect(throws: Errno.noSuchFileOrDirectory) { try write(removals: 100) { unlink($0) } }
    #expect(Folder.files(under: folder.path).isEmpty)
  }

  @Test func aWriterThatFailsLeavesNothing() throws {
    #expect(throws: Errno.noSpace) {
      try Files.write {
        folder.path + "/tmp/a"
      } filling: { file in
        try file.writeAll("half".utf8)
        throw Errno.noSpace
      }
    }
    #expect(Folder.files(under: folder.path).isEmpty)
  }

  @Test func whatIsLongerThanTheLimitIsNotRead() throws {
    let file = try folder.write("12345", to: "file")
    #expect(try Files.read(file, limit: 5).count == 5)
    #expect(throws: Errno.fileTooLarge) { try Files.read(file, limit: 4) }
  }
}
