import Graph
import Testing

/// Graphs beside what is said about them: errors, warnings, and of valid ones the types of all ports. With
/// `EASEL_RECORD=1` in the environment, the expectations are written anew, and the tests fail so that
/// nobody takes the recording for a proof.
struct CorpusTests {
  @Test(arguments: Corpus.names(in: "broken"))
  func brokenGraphsAreReported(_ name: String) {
    let result = Corpus.check("broken/\(name).yaml")
    Corpus.expect(Corpus.rendered(result), in: "broken/\(name).expected")
    #expect(result.hasErrors && result.graph == nil)
  }

  @Test(arguments: Corpus.names(in: "warnings"))
  func warningsAreGiven(_ name: String) {
    let result = Corpus.check("warnings/\(name).yaml")
    Corpus.expect(Corpus.rendered(result), in: "warnings/\(name).expected")
    #expect(!result.hasErrors && result.graph != nil)
    #expect(result.denying(Set(DiagnosticCode.warnings)).hasErrors)
  }

  @Test(arguments: Corpus.names(in: "valid"))
  func validGraphsAreTyped(_ name: String) {
    let result = Corpus.check("valid/\(name).yaml")
    #expect(Corpus.rendered(result) == "")
    #expect(result.graph != nil)
    let types = result.types.map { $0.text + "\n" }.joined()
    Corpus.expect(types, in: "valid/\(name).types")
  }

  private static let reported = ["broken", "warnings"].flatMap { folder in
    Corpus.names(in: folder).map { "\(folder)/\($0).yaml" }
  }

  @Test(arguments: reported)
  func everyFindingHelps(_ file: String) {
    for finding in Corpus.check(file).diagnostics {
      #expect(finding.help != nil, "\(finding.message)")
    }
  }

  /// What only `--set`, a run, a large text or a model's file can bring about has tests of its own.
  @Test func everyCodeHasAnExample() {
    let found = Self.reported.flatMap { Corpus.check($0).diagnostics }
    let elsewhere: Set<DiagnosticCode> = [
      .unknownInput, .missingInput, .tooLarge, .tooManyNodes, .tooManyFindings, .unusedWeights,
    ]
    #expect(Set(found.map(\.code)).union(elsewhere) == Set(DiagnosticCode.allCases))
  }

  @Test func theCorpusIsLarge() {
    #expect(Self.reported.count + Corpus.names(in: "valid").count >= 200)
  }
}
