import Testing

@testable import Graph

struct SyntaxParserTests {
  private func parse(_ text: String) -> (tree: SyntaxNode?, findings: [Diagnostic]) {
    SyntaxParser.parse(SourceText(file: "f", text: text))
  }

  private func entry(_ text: String, _ path: String...) -> SyntaxEntry? {
    var node = parse(text).tree
    var found: SyntaxEntry?
    for key in path {
      guard case .mapping(let entries)? = node?.content else { return nil }
      found = entries.first { $0.key == key }
      node = found?.value
    }
    return found
  }

  @Test func placesCountBytesAndScalars() throws {
    let text = "ä: 1\nb:\n  ünï: ‘ö’ x\n"
    let found = try #require(entry(text, "b", "ünï"))
    let bytes = Array(text.utf8)
    #expect(String(decoding: bytes[found.keySpan.bytes], as: UTF8.self) == "ünï")
    #expect(String(decoding: bytes[found.value.span.bytes], as: UTF8.self) == "‘ö’ x")
    #expect(found.keySpan.start == SourcePosition(line: 3, column: 3))
    #expect(found.value.span.start == SourcePosition(line: 3, column: 8))
    #expect(found.value.span.end == SourcePosition(line: 3, column: 13))
  }

  @Test(arguments: ["\u{FEFF}a: 1\nb: 2", "a: 1\r\nb: 2", "# ü\nb: 2"])
  func placesHoldBehindMarksAndLineBreaks(_ text: String) throws {
    let found = try #require(entry(text, "b"))
    #expect(Array(text.utf8)[found.value.span.bytes] == [UInt8(ascii: "2")])
    #expect(found.value.span.start == SourcePosition(line: 2, column: 4))
  }

  @Test func blockMappingsEndWithTheirLastChild() throws {
    let found = try #require(entry("a:\n  b: 1\n  c: 2\n\nd: 3\n", "a"))
    #expect(found.value.span.start == SourcePosition(line: 2, column: 3))
    #expect(found.value.span.end == SourcePosition(line: 3, column: 7))
  }

  private static let parts: [(String, Range<Int>, Int)] = [
    ("a: x ${y}", 4..<5, 8), ("a: 'x ${y}'", 4..<5, 9), ("a: \"x ${y}\"", 4..<5, 9),
    ("a: \"\\x41 ${y}\"", 4..<5, 4),
  ]

  @Test(arguments: parts)
  func partsOfScalarsHavePlacesWhereTheyAreVerbatim(
    _ text: String, part: Range<Int>, column: Int
  ) throws {
    let found = try #require(entry(text, "a"))
    guard case .scalar(let scalar) = found.value.content else { return }
    #expect(scalar.place.span(part).start.column == column)
  }

  private static let refused: [(String, DiagnosticCode)] = [
    ("a: [1, 2", DiagnosticCode.invalidYAML), ("a: &x 1", .refusedYAML), ("a: *x", .refusedYAML),
    ("a: !t 1", .refusedYAML), ("a: 1\n---\nb: 2", .refusedYAML), ("a: 1\na: 2", .duplicateKey),
    ("[a]: 1", .wrongShape), ("\ta: 1", .invalidYAML), ("a: \u{1}", .invalidYAML),
  ]

  @Test(arguments: refused)
  func whatGraphsDoWithoutIsRefused(_ text: String, _ code: DiagnosticCode) {
    #expect(parse(text).findings.map(\.code) == [code])
  }

  @Test func aFindingStandsForAllAliases() {
    #expect(parse("a: &x 1\nb: *x\nc: *x").findings.count == 1)
  }
}
