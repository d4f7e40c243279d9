import Foundation
import Testing

@testable import Diffusion

@Suite struct PromptExpansionTests {
  private func expand(_ text: String, seed: UInt64 = 0) throws -> String {
    try PromptExpansion.expand(text, seed: seed)
  }

  /// A folder of these files, removed after `body`.
  private func withFolder(
    _ files: [String: String], _ body: (String) throws -> Void
  ) throws {
    let folder = NSTemporaryDirectory() + "easel-wildcards-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for (name, text) in files {
      let file = URL(filePath: "\(folder)/\(name)")
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    try body(folder)
  }

  @Test(arguments: [
    ("a cat", "a cat"), ("", ""), ("{a}", "a"), ("x{}y", "xy"), ("{0::a|b}", "b"),
    ("{1::a|0::{b|c}} d", "a d"), ("{2$$a|a}", "a, a"), ("{0-0$$a|b}c", "c"),
    ("\\{a\\|b\\} \\_\\_x\\_\\_", "{a|b} __x__"), ("\\(a\\) \\\\", "\\(a\\) \\\\"),
    ("a | b }", "a | b }"), ("snake__case ____ __a b__", "snake__case ____ __a b__"),
    ("{ a | a }", " a "), ("{a::b|a::b}", "a::b"), ("{x$$y|x$$y}", "x$$y"),
    ("(cat:1.2) [x]", "(cat:1.2) [x]"),
  ])
  func whatIsNoChoiceStays(text: String, expected: String) throws {
    #expect(try expand(text) == expected)
  }

  @Test func theSeedDecides() throws {
    let text = "{red|green|blue} {cat|dog} {2$$a|b|c}"
    let texts = try (0..<200).map { try expand(text, seed: $0) }
    #expect(try (0..<200).map { try expand(text, seed: $0) } == texts)
    #expect(Set(texts).count == 3 * 2 * 6)
  }

  /// SplitMix64's published first number for the seed 0, `e220a8397b1dcdaf`, is 0.883 of the whole, the second,
  /// `6e789e6aa1b965f4`, 0.431, the third, `06c45d188009454f`, 0.026.
  @Test func theChoiceIsThatOfTheDocumentation() throws {
    #expect(try expand("{a|b|c|d|e|f|g|h|i|j}{a|b|c|d|e|f|g|h|i|j}{a|b|c|d|e|f|g|h|i|j}") == "iea")
    #expect(try expand("{88::a|12::b}{43::a|57::b}{2::a|98::b}") == "bbb")
    #expect(try expand("{89::a|11::b}{44::a|56::b}{3::a|97::b}") == "aaa")
    // How many is asked first: two of one to two, then `b` of `a` and `b`, then the one that is left.
    #expect(try expand("{1-2$$a|b}") == "a, b")
  }

  @Test func weightsAreKept() throws {
    let count = try (0..<4000).count { try expand("{3::a|b}", seed: $0) == "a" }
    // Five deviations of a binomial distribution.
    #expect(abs(Double(count) - 3000) < 5 * (4000 * 0.75 * 0.25).squareRoot())
  }

  @Test func wildcardsAreLinesOfFiles() throws {
    let files = [
      "color.txt": "# colors\n\n0::never\n  red  \r\n{dark|dark} red\n", "a/b.txt": "__color__ cat",
      "one.txt": "ün",
    ]
    try withFolder(files) { folder in
      let texts = try (0..<50).map {
        try PromptExpansion.expand("a __a/b__, __one__", seed: $0, wildcards: folder)
      }
      #expect(Set(texts) == ["a red cat, ün", "a dark red cat, ün"])
    }
  }

  @Test(arguments: [
    ("a {b", "text, column 3: the `{` has no `}`; write `\\{` for a brace that is meant as one"),
    ("{3$$a|b}", "text, column 1: 3 are to be taken, but there are only 2"),
    ("{0::a}", "text, column 1: nothing can be taken, for all weights are 0"),
    (
      "x __a__",
      "text, column 3: `__a__` needs a folder of wildcards; write `\\_\\_` for underscores that are meant as such"
    ),
    (
      String(repeating: "{", count: 100),
      "text, column 33: braces lie in each other more than 32 deep"
    ),
  ])
  func faultsNameTheirPlace(text: String, message: String) {
    #expect {
      try expand(text)
    } throws: {
      "\($0)" == message
    }
  }

  @Test func faultsOfFilesNameThem() throws {
    let files = [
      "loop.txt": "x __loop__", "empty.txt": "# nothing\n", "wrong.txt": "a\n{b",
      "bomb.txt": "__b__",
      "b.txt": String(repeating: "__c__", count: 100), "c.txt": String(repeating: "x", count: 1000),
    ]
    try withFolder(files) { folder in
      let messages = [
        "__loop__": "wildcards name each other too deep, perhaps in a circle: "
          + Array(repeating: "__loop__", count: 17).joined(separator: " -> "),
        "__empty__": "\(folder)/empty.txt: there is no line in it",
        "__wrong__":
          "\(folder)/wrong.txt:2:1: the `{` has no `}`; write `\\{` for a brace that is meant as one",
        "__bomb__": "the text grows to more than 65536 bytes",
        "__../b__":
          "text, column 1: \(folder) has no `../b.txt`; it has `b`, `bomb`, `c`, `empty`, `loop`, `wrong`",
      ]
      for (text, message) in messages {
        #expect {
          try PromptExpansion.expand(text, seed: 1, wildcards: folder)
        } throws: {
          "\($0)" == message
        }
      }
    }
  }
}
