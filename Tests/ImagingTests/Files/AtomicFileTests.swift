import Dispatch
import FoundationEssentials
import Glibc
import Testing

@testable import Imaging

struct AtomicFileTests {
  @Test func fileIsWrittenAndReplaced() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/" + String(repeating: "n", count: 255)
      for content: [UInt8] in [[1, 2, 3], [], Array(repeating: 7, count: 1 << 20)] {
        try AtomicFile.write(content, to: path)
        #expect(try InputFile.read(path) == content)
        #expect(try names(in: folder).count == 1)
      }
    }
  }

  @Test func missingFolderIsNamed() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/none/image.png"
      let found = try message(of: UnwritableFile.self) { try AtomicFile.write([1], to: path) }
      #expect(found == "\(path): cannot be written: its folder does not exist")
    }
  }

  @Test func folderInTheWayStaysAndNoTemporaryFileDoes() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/image.png"
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
      let found = try message(of: UnwritableFile.self) { try AtomicFile.write([1], to: path) }
      #expect(found == "\(path): cannot be written: there is a folder of this name")
      #expect(try names(in: folder) == ["image.png"])
    }
  }

  @Test func severalThreadsLeaveOneWholeFile() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/image.png"
      DispatchQueue.concurrentPerform(iterations: 16) { index in
        try? AtomicFile.write(Array(repeating: UInt8(index), count: 100_000), to: path)
      }
      let content = try InputFile.read(path)
      #expect(content.count == 100_000 && Set(content).count == 1)
      #expect(try names(in: folder) == ["image.png"])
    }
  }

  private func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder)
  }
}
