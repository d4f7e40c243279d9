import Foundation
import Testing

/// Files of the repository that the program writes. With `EASEL_RECORD=1` in the environment they are
/// written anew, and the tests fail so that nobody takes the recording for a proof.
enum Recording {
  static let isOn = ProcessInfo.processInfo.environment["EASEL_RECORD"] != nil

  /// Holds a file of the repository against what it should be.
  static func expect(_ text: String, in file: String) throws {
    let url = Program.root.appending(path: file)
    if isOn {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
    }
    #expect(!isOn, "\(file) was recorded, not checked")
    let recorded = try? String(contentsOf: url, encoding: .utf8)
    #expect(recorded == text, "\(file) is out of date: make docs")
  }
}
