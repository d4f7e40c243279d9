import Graph

/// A graph file and those that it may use.
struct FuzzInput {
  static let name = "valid/fuzzed.yaml"

  var graph: [UInt8]
  /// By name, such as `valid/part0.yaml`.
  var parts: [String: [UInt8]] = [:]

  func check(_ purpose: Checker.Purpose) -> CheckResult {
    var files = Self.shared.merging(parts) { $1 }
    files[Self.name] = graph
    let checker = Checker(
      catalog: testCatalog, reader: .memory(files), graphFolders: ["none", "library"])
    return checker.check(Self.name, purpose: purpose)
  }

  /// The files of the corpus that others use.
  private static let shared: [String: [UInt8]] = {
    let names = ["parts", "library"].flatMap { folder in
      Corpus.names(in: folder).map { "\(folder)/\($0).yaml" }
    }
    return Dictionary(uniqueKeysWithValues: names.map { ($0, Array((Corpus.read($0) ?? "").utf8)) })
  }()
}
