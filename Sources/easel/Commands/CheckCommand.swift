import ArgumentParser
import Glibc
import Graph
import Nodes

/// Finds every mistake in graphs.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Finds every mistake in graphs, without running them.",
    discussion: """
      Prints all findings of all files on standard output. Headers of models and pictures are read; \
      weights and pixels are not. Warnings are about what is allowed and hardly meant; `allow: [CODE]` in \
      a node or a graph silences them there.

      WARNINGS
        \(DiagnosticCode.warnings.map(\.rawValue).joined(separator: "\n  "))

      Exit code 0: no errors. 1: errors, or warnings that are denied.
      """)

  @Argument(help: "The graphs' files.", completion: .file(extensions: ["yaml", "yml"]))
  var files: [String]
  @Flag(help: "Print the type of every port too, with its place.")
  var types = false
  @Option(
    name: .customLong("deny"), parsing: .singleValue,
    help: ArgumentHelp(
      "Take warnings of this kind for errors, or `all` of them; may be given several times.",
      valueName: "code"),
    transform: DeniedWarnings.init)
  var denied: [DeniedWarnings] = []
  @OptionGroup var output: FormatOptions

  func run() throws {
    let codes = denied.reduce(into: Set<DiagnosticCode>()) { $0.formUnion($1.codes) }
    let results = ModelLocation.$search.withValue(.remembering) {
      files.map { Checker.easel.check($0, purpose: .inspection).denying(codes) }
    }
    for (file, result) in zip(files, results) { show(result, of: file) }
    if results.contains(where: \.hasErrors) { throw ExitCode(1) }
  }

  private func show(_ result: CheckResult, of file: String) {
    let findings = FindingPrinter(result, isColored: isColored(STDOUT_FILENO))
    switch output.format {
    case .json:
      for line in findings.json { print(line) }
      if types { for type in result.types { print(type.json) } }
    case .text:
      for line in findings.text { print(line) }
      if types { for type in result.types { print(type.text) } }
      if result.diagnostics.isEmpty, !types { print("\(file): no errors") }
    }
  }
}

/// What `--deny` names: the code of a warning, or all of them.
struct DeniedWarnings {
  let codes: Set<DiagnosticCode>

  init(_ word: String) throws {
    let warnings = DiagnosticCode.warnings
    codes = Set(word == "all" ? warnings : warnings.filter { $0.rawValue == word })
    guard codes.isEmpty else { return }
    if DiagnosticCode(rawValue: word) != nil {
      throw ValidationError("`\(word)` is an error already")
    }
    let meant = NearMiss.of(word, in: warnings.map(\.rawValue) + ["all"])
    throw ValidationError(
      "there is no warning `\(word)`" + (meant.map { "; did you mean `\($0)`?" } ?? ""))
  }
}
