import Testing

@testable import Graph

struct DiagnosticRendererTests {
  private func render(
    _ text: String, _ bytes: Range<Int>, others: [Range<Int>] = [], isColored: Bool = false
  ) -> String {
    let source = SourceText(file: "f.yaml", text: text)
    let finding = Diagnostic(
      .unknownPort, "message", at: source.span(bytes), label: "label",
      others: others.map { Diagnostic.Label(span: source.span($0), text: "other") },
      notes: ["note"], help: "help")
    return DiagnosticRenderer(sources: ["f.yaml": source], isColored: isColored).text(finding)
  }

  @Test func findingsAreLaidOutWithTheirLines() {
    #expect(
      render("a: 1\nb: two\n", 8..<11, others: [0..<1]) == """
        f.yaml:2:4: error[unknown-port]: message
            2 | b: two
              |    ^^^ label
          f.yaml:1:1: other
            1 | a: 1
              | -
              = note: note
              = help: help

        """)
  }

  private static let places: [(String, Range<Int>, String, String)] = [
    ("\tab", 1..<2, "    ab", "    ^"), ("ü: x", 4..<5, "ü: x", "   ^"),
    ("画: x", 5..<6, "画: x", "    ^"), ("a\u{301}b", 3..<4, "a\u{301}b", " ^"),
    ("ab", 1..<1, "ab", " ^"), ("ab", 2..<2, "ab", "  ^"), ("a\u{7}b", 2..<3, "a\u{FFFD}b", "  ^"),
    ("ab\ncd", 1..<5, "ab", " ^"),
  ]

  @Test(arguments: places)
  func marksStandUnderTheirPlace(
    _ text: String, _ bytes: Range<Int>, _ line: String, _ marks: String
  ) {
    let lines = render(text, bytes).split(separator: "\n")
    #expect(lines[1] == "    1 | \(line)")
    #expect(lines[2].hasPrefix("      | \(marks) label"))
  }

  @Test func longLinesAreCutAroundThePlace() {
    let text = String(repeating: "x", count: 500) + "HERE" + String(repeating: "y", count: 500)
    let lines = render(text, 500..<504).split(separator: "\n")
    #expect(lines[1].count < 120)
    #expect(lines[1].contains("…xxx") && lines[1].contains("HEREyyy") && lines[1].hasSuffix("…"))
    let column = lines[2].distance(
      from: lines[2].startIndex, to: lines[2].firstIndex(of: "^") ?? lines[2].startIndex)
    #expect(lines[1].dropFirst(column).hasPrefix("HERE"))
  }

  @Test func coloursChangeNothingElse() {
    let colored = render("a: 1", 3..<4, isColored: true)
    #expect(colored.contains("\u{1B}[1;31merror[unknown-port]\u{1B}[0m"))
    var plain = ""
    var isEscape = false
    for character in colored {
      if character == "\u{1B}" { isEscape = true }
      if !isEscape { plain.append(character) }
      if isEscape, character == "m" { isEscape = false }
    }
    #expect(plain == render("a: 1", 3..<4))
  }

  @Test func jsonIsOneObjectALine() {
    let source = SourceText(file: "a/f.yaml", text: "x: \"y\"\n")
    let finding = Diagnostic(
      .unknownPort, "a \"quoted\"\n\u{1}\\ word / ü", at: source.span(3..<6),
      others: [.init(span: source.span(0..<1), text: "here")], notes: ["n"])
    #expect(
      finding.json == #"{"severity":"error","code":"unknown-port","#
        + #""message":"a \"quoted\"\n\u0001\\ word / ü","file":"a/f.yaml","line":1,"column":4,"#
        + #""endLine":1,"endColumn":7,"label":null,"help":null,"notes":["n"],"#
        + #""others":[{"file":"a/f.yaml","line":1,"column":1,"endLine":1,"endColumn":2,"text":"here"}]}"#
    )
  }
}
