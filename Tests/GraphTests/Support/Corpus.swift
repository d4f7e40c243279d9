import Glibc
import Graph
import Testing

/// The graph files beside this one, and what is expected of them.
enum Corpus {
  static let folder = parent(of: parent(of: #filePath)) + "/Corpus"

  /// Whether expectations are to be written anew.
  static let isRecording = getenv("EASEL_RECORD") != nil

  /// Checks a graph of the corpus, the names of files relative to its folder.
  static func check(_ file: String, overrides: [(name: String, text: String)] = []) -> CheckResult {
    let reader = SourceReader { path throws(SourceReadFailure) in
      try SourceReader.disk.read("\(folder)/\(path)")
    }
    let checker = Checker(catalog: testCatalog, reader: reader, graphFolders: ["none", "library"])
    return checker.check(file, overrides: overrides, purpose: .inspection)
  }

  /// Compares a text with the one in a file, or records it there.
  static func expect(_ found: String, in file: String) {
    if isRecording { write(found, to: file) }
    #expect(!isRecording, "the expectation was recorded, not checked")
    #expect(found == read(file))
  }

  /// The findings as the user sees them.
  static func rendered(_ result: CheckResult) -> String {
    let renderer = DiagnosticRenderer(sources: result.sources)
    return result.diagnostics.map(renderer.text).joined()
  }

  /// The names of the graphs in a folder of the corpus, without `.yaml`.
  static func names(in subfolder: String) -> [String] {
    guard let directory = opendir("\(folder)/\(subfolder)") else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasSuffix(".yaml") { names.append(String(name.dropLast(5))) }
    }
    return names.sorted()
  }

  static func read(_ file: String) -> String? {
    let bytes = try? SourceReader.disk.read("\(folder)/\(file)")
    return bytes.map { String(decoding: $0, as: UTF8.self) }
  }

  static func write(_ text: String, to file: String) {
    guard let stream = fopen("\(folder)/\(file)", "w") else { return }
    fputs(text, stream)
    fclose(stream)
  }

  private static func parent(of path: String) -> String {
    String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
  }
}
