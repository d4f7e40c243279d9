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
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let others = recorded?.split(separator: "\n", omittingEmptySubsequences: false) ?? []
    let first = lines.indices.first { !others.indices.contains($0) || others[$0] != lines[$0] }
    let line = (first ?? lines.count) + 1
    let isCurrent = lines == others
    #expect(isCurrent, "\(file):\(line) is out of date: make docs")
  }
}
