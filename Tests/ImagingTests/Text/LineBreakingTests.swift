import Testing

@testable import Imaging

struct LineBreakingTests {
  /// What fits is said by a line that must just fit: its width is that of the line.
  @Test(arguments: [
    ("one two three", "one two", ["one two", "three"]),
    ("one two three", "one two three", ["one two three"]),
    ("  one \t two  ", "one two", ["one two"]),
    ("one\ntwo\r\nthree", "wide enough", ["one", "two", "three"]),
    ("one\n\nthree", "wide enough", ["one", "", "three"]),
    ("a\nb\nc\n \n", "wide enough", ["a", "b", "c"]),
    ("\n\na", "wide enough", ["", "", "a"]),
    ("", "x", []),
    (" \n ", "x", []),
    ("aaaaaaaa", "aaa", ["aaa", "aaa", "aa"]),
    ("x aaaaaaaa", "aaaaa", ["x", "aaaaa", "aaa"]),
    ("ab", "", ["a", "b"]),
    ("10\u{A0}px wide", "10 px", ["10\u{A0}px", "wide"]),
    ("one two three four five", "three four", ["one two", "three four", "five"]),
  ])
  func textsAreBroken(text: String, width: String, expected: [String]) throws {
    let font = try Font(size: 16)
    #expect(font.lines(of: text, width: font.width(of: width), limit: 3) == expected)
  }

  @Test(arguments: [
    ("one two three four", "two …", 2, ["one", "two…"]),
    ("one two\nthree", "one two…", 1, ["one two…"]),
    ("aaaaaaaaaa", "aaaa", 2, ["aaaa", "aa…"]),
    ("a\nb\nc\nd", "wide", 3, ["a", "b", "c…"]),
    ("one two", "", 1, ["…"]),
  ])
  func whatIsTooLongEndsInAnEllipsis(
    text: String, width: String, limit: Int, expected: [String]
  ) throws {
    let font = try Font(size: 16)
    #expect(font.lines(of: text, width: font.width(of: width), limit: limit) == expected)
  }

  @Test func everyLineFits() throws {
    let font = try Font(size: 14)
    let text = "a portrait of a surprised person, wearing headphones; incomprehensibilities"
    for width in stride(from: 24, through: 400, by: 17) {
      let lines = font.lines(of: text, width: width, limit: 100)
      #expect(lines.allSatisfy { font.width(of: $0) <= width }, "\(width)")
      #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
    }
  }

  @Test func aVeryLongTextTakesNoTime() throws {
    let font = try Font(size: 14)
    let words = String(repeating: "word ", count: 100_000)
    let word = String(repeating: "w", count: 65_536)
    #expect(font.lines(of: words, width: 100, limit: 3).count == 3)
    #expect(font.lines(of: word, width: 100, limit: 3).last?.last == "…")
  }
}
