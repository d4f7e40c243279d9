import FoundationEssentials

/// What comes with the program beside its code.
enum Resources {
  /// The folders where `uses: graphs/name` is looked up.
  static var graphFolders: [String] { folders(named: "Graphs") }

  /// The folders of complete pipelines.
  static var exampleFolders: [String] { folders(named: "Examples") }

  /// Those that are there: beside the program, or above it in the repository that it was built in.
  private static func folders(named name: String) -> [String] {
    guard let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    else { return [] }
    var folder = URL(filePath: program).deletingLastPathComponent()
    var candidates: [String] = []
    for _ in 0..<4 {
      candidates.append(folder.appending(path: name).path)
      folder.deleteLastPathComponent()
    }
    return candidates.filter { FileManager.default.fileExists(atPath: $0) }
  }
}
