import Testing

@testable import Graph

/// Docs/language.md names everything that the language has. Its examples are run by the program's tests.
struct LanguagePageTests {
  private static let page = Corpus.read("../../../Docs/language.md") ?? ""

  private static let words =
    DiagnosticCode.warnings.map { "| `\($0.rawValue)` |" }
    + BinaryOperator.allCases.map(\.rawValue).map { $0 == "||" ? "\\|\\|" : $0 }
    + ExpressionFunction.allCases.map(\.rawValue) + DocumentReader.keys.map { "`\($0)`" }
    + DocumentReader.nodeKeys.map { "`\($0)`" } + DocumentReader.inputKeys.map { "`\($0)`" }
    + [DocumentReader.stepKey] + Family.allCases.map(\.rawValue) + ["--types", "--deny"]

  @Test(arguments: words)
  func everyWordIsExplained(_ word: String) { #expect(Self.page.contains(word)) }

  @Test func aMessageIsShownAsItIs() throws {
    let blocks = Self.page.split(separator: "```\n")
    let message = try #require(blocks.first { $0.hasPrefix("boy.yaml:") })
    let graph = try #require(blocks.first { $0.contains("# boy.yaml\n") }).split(
      separator: "# boy.yaml\n")[1]
    let text = "# boy.yaml\n" + graph.replacing("\n    text: portrait", with: "\n    txt: portrait")
    let result = Checker(catalog: testCatalog, reader: .memory(["boy.yaml": Array(text.utf8)]))
      .check("boy.yaml")
    let shown = result.diagnostics.map(DiagnosticRenderer(sources: result.sources).text).joined()
    // The real node has a further port.
    #expect(shown == message.replacing(", empty\n", with: "\n"))
  }

  @Test func theWholePageFits() { #expect(Self.page.utf8.count < 16_000) }
}
