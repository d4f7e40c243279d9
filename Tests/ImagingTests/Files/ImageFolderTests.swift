import Foundation
import Testing

@testable import Imaging

struct ImageFolderTests {
  private func withFiles(_ names: [String], _ body: (String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      for name in names { try Data().write(to: URL(filePath: "\(folder)/\(name)")) }
      try FileManager.default.createDirectory(
        atPath: folder + "/folder.png", withIntermediateDirectories: false)
      try body(folder)
    }
  }

  @Test func picturesAreListedByName() throws {
    let names = ["b.PNG", "a2.jpg", "a10.jpeg", "notes.txt", ".hidden.png", "ä.webp", "png"]
    try withFiles(names) { folder in
      let all = try ImageFolder.names(in: folder, matching: "*")
      #expect(all == ["a10.jpeg", "a2.jpg", "b.PNG", "ä.webp"])
      #expect(try ImageFolder.names(in: folder, matching: "a?.*") == ["a2.jpg"])
      #expect(
        try ImageFolder.names(in: folder, matching: "[ab]*") == ["a10.jpeg", "a2.jpg", "b.PNG"])
    }
  }

  @Test func whatIsNotThereIsNamed() throws {
    try withFiles(["notes.txt"]) { folder in
      let none = try message(of: ImageFolderError.self) {
        _ = try ImageFolder.names(in: folder, matching: "a*")
      }
      #expect(
        none
          == "\(folder): the folder holds no picture (png, jpg, jpeg, webp) whose name fits `a*`")
      let missing = try message(of: ImageFolderError.self) {
        _ = try ImageFolder.names(in: folder + "/none", matching: "*")
      }
      #expect(missing == "\(folder)/none: the folder cannot be read: No such file or directory")
    }
  }
}
