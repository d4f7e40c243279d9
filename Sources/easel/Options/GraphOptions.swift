import ArgumentParser
import Glibc
import Graph
import Nodes

/// A graph and the values of its inputs.
struct GraphOptions: ParsableArguments {
  @Argument(
    help: "The graph's file, or a picture that Easel saved, which carries its graph.",
    completion: .file(extensions: ["yaml", "yml", "png", "jpg", "jpeg", "webp"]))
  var file: String

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "The value of one of the graph's inputs; may be given several times.",
      discussion: "A path is relative to the working directory.", valueName: "name=value"))
  var settings: [Setting] = []

  /// The checked graph with the texts that it was read from. Prints every finding on standard error;
  /// throws `ExitCode` where there are errors.
  func check(
    purpose: Checker.Purpose = .run
  ) throws -> (graph: CheckedGraph, sources: [String: SourceText]) {
    guard RecordedPicture.isPicture(file) else {
      return try Self.check(file, settings, purpose: purpose)
    }
    let picture = try failing(with: 1) { try RecordedPicture(readingFrom: file) }
    return try check(RecordedGraph.candidates(of: picture)[0])
  }

  /// The same of a graph that a picture carries.
  ///
  /// - Parameter leavesFilesToRun: see `Checker`.
  func check(
    _ recorded: RecordedGraph, leavesFilesToRun: Bool = false
  ) throws -> (graph: CheckedGraph, sources: [String: SourceText]) {
    var checker = recorded.checker
    checker.leavesFilesToRun = leavesFilesToRun
    return try Self.check(recorded.file, recorded.settings(with: settings), by: checker)
  }

  /// The same of a graph's file.
  static func check(
    _ file: String, _ settings: [Setting], by checker: Checker = .easel,
    purpose: Checker.Purpose = .run
  ) throws -> (graph: CheckedGraph, sources: [String: SourceText]) {
    let result = checker.check(
      file, overrides: settings.map { ($0.name, $0.value) }, purpose: purpose)
    let findings = FindingPrinter(result, isColored: isColored(STDERR_FILENO))
    for line in findings.text { printError(line) }
    guard let graph = result.graph else { throw ExitCode(1) }
    return (graph, result.sources)
  }
}

/// An input's value from the command line: `name=value`.
struct Setting: ExpressibleByArgument {
  var name: String
  var value: String

  init(name: String, value: String) {
    self.name = name
    self.value = value
  }

  init?(argument: String) {
    guard let equals = argument.firstIndex(of: "=") else { return nil }
    name = String(argument[..<equals])
    value = String(argument[argument.index(after: equals)...])
  }
}

extension Checker {
  /// The checker for Easel's own nodes and graphs.
  static var easel: Checker {
    Checker(catalog: library.catalog, graphFolders: Resources.graphFolders)
  }
}
