import ArgumentParser
import Glibc
import Graph

/// Finds every mistake in graphs.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Finds every mistake in graphs, without running them.",
    discussion: """
      Prints all findings of all files on standard output. Headers of models and pictures are read; \
      weights and pixels are not.

      Exit code 0: no errors. 1: errors.
      """)

  @Argument(help: "The graphs' files.", completion: .file(extensions: ["yaml", "yml"]))
  var files: [String]
  @OptionGroup var output: FormatOptions

  func run() throws {
    let results = files.map { Checker.easel.check($0, purpose: .inspection) }
    for (file, result) in zip(files, results) { show(result, of: file) }
    if results.contains(where: \.hasErrors) { throw ExitCode(1) }
  }

  private func show(_ result: CheckResult, of file: String) {
    let findings = FindingPrinter(result, isColored: isColored(STDOUT_FILENO))
    switch output.format {
    case .json: for line in findings.json { print(line) }
    case .text:
      for line in findings.text { print(line) }
      if result.diagnostics.isEmpty { print("\(file): no errors") }
    }
  }
}
