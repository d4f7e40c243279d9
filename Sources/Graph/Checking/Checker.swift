/// Judges graph files.
public struct Checker: Sendable {
  /// What a graph is checked for.
  public enum Purpose: Sendable {
    /// To see what is wrong with it, and what is hardly meant. An input without a value is no mistake, for
    /// whoever runs or uses the graph will give it one.
    case inspection
    /// To run it: every input needs a value, and warnings are not asked for.
    case run
  }

  /// Whether a file that cannot be read is left for the run to report, which may go on without it.
  public var leavesFilesToRun = false
  private let catalog: NodeCatalog
  private let reader: SourceReader
  private let graphFolders: [String]

  /// A checker for graphs of these kinds of node. `uses: graphs/name` finds `name.yaml` in the first
  /// of `graphFolders` that has it.
  public init(catalog: NodeCatalog, reader: SourceReader = .disk, graphFolders: [String] = []) {
    self.catalog = catalog
    self.reader = reader
    self.graphFolders = graphFolders
  }

  /// Checks a graph, with some of its inputs set: `overrides` are names and values as texts, paths in
  /// them relative to the working directory.
  public func check(
    _ file: String, overrides: [(name: String, text: String)] = [], purpose: Purpose = .run
  ) -> CheckResult {
    let session = CheckSession(
      catalog: catalog, reader: reader, graphFolders: graphFolders,
      takesWarnings: purpose == .inspection, leavesFilesToRun: leavesFilesToRun)
    let graph = session.documents.open(file).flatMap {
      session.check($0, overrides: overrides, purpose: purpose)
    }
    session.lint()
    return CheckResult(
      graph: session.findings.errorCount == 0 ? graph : nil, sound: graph,
      typedNodes: session.typedNodes,
      diagnostics: session.findings.sorted(files: session.documents.files),
      sources: session.documents.sources, files: session.documents.files)
  }
}

/// What a check came to.
public struct CheckResult: Sendable {
  /// The graph; nil where it has an error. It can be run if it was checked for that.
  public let graph: CheckedGraph?
  /// What of the graph is right; nil where its file could not be read.
  let sound: CheckedGraph?
  let typedNodes: [TypedNode]
  /// All findings, by file and place.
  public private(set) var diagnostics: [Diagnostic]
  /// The text of every file that was read, by its name.
  public let sources: [String: SourceText]
  /// The files in the order in which they were read.
  let files: [String]

  /// Whether the graph has an error.
  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// The same result with the warnings of these codes as errors.
  public func denying(_ codes: Set<DiagnosticCode>) -> CheckResult {
    var result = self
    for index in diagnostics.indices where codes.contains(diagnostics[index].code) {
      result.diagnostics[index].severity = .error
    }
    return result
  }
}
