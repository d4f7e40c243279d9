import DefaultStyles
import Foundation
import Graph
import Testing

@testable import Nodes

struct ApplyStyleTests {
  /// A graph with the node; `library` is another one than the default.
  private func check(_ styles: String, library: String? = nil) -> Checking {
    let library = library.map { ", library: \($0)" } ?? ""
    return Checking(
      """
        styled: { uses: apply-style, styles: \(styles), text: a cat\(library) }
      outputs: { text: "${styled.text}", negative: "${styled.negative}" }

      """)
  }

  /// A file of this text, removed after `body`.
  private func withFile(_ text: String, _ body: (String) throws -> Void) throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).yaml")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(text.utf8).write(to: file)
    try body(file.path)
  }

  @Test func tenStylesComeWithEaselAndEachTakesThePrompt() throws {
    let path = try StyleLibrary.locate("default", in: "")
    let names = [
      "photograph", "cinematic", "anime", "comic-book", "oil-painting", "watercolor",
      "pencil-sketch", "pixel-art", "3d-render", "flat-illustration",
    ]
    let styles = try StyleLibrary(reading: path).named(names)
    for style in styles {
      #expect(style.prompt.contains("{prompt}"), "\(style.name)")
      #expect(!style.negative.isEmpty)
    }
    #expect(check("[\(names.joined(separator: ", "))]").findings == [])
  }

  @Test func stylesAreAppliedOneAfterTheOther() throws {
    try withFile("- { name: a, prompt: \"a {prompt}\" }\n- { name: b, prompt: b, negative: n }\n") {
      file in
      let outputs = try run(
        ApplyStyle.self,
        [
          "styles": .constant(.list([.text("a"), .text("b")])), "text": .constant(.text("x")),
          "negative": .constant(.text("y")),
          "library": .constant(.path(.init(written: file, resolved: file))),
        ])
      #expect(outputs["text"] as? String == "a x, b")
      #expect(outputs["negative"] as? String == "y, n")
    }
  }

  @Test func anUnknownStyleIsFoundWhenTheGraphIsChecked() throws {
    let path = try StyleLibrary.locate("default", in: "")
    let near = check("[watercolour]").result.diagnostics
    #expect(near.map(\.message) == ["\(path) has no style `watercolour`"])
    #expect(near.first?.help == "did you mean `watercolor`?")
    #expect(check("[nonsense]").result.diagnostics.first?.help?.contains("`photograph`, ") == true)
  }

  @Test(arguments: [
    ("a: b", "must be a list of styles, each with `name`, `prompt` and `negative`"),
    ("- x", "style 1: it must have `name`, `prompt` and `negative`"),
    ("- { name: a, promt: b }", "style 1: a style has no `promt`"),
    ("- { prompt: b }", "style 1: it has no `name`"),
    ("- { name: a, prompt: [b] }", "style 1: `prompt` must be a text"),
    ("- { name: a }\n- { name: a }", "there are two styles `a`"), ("- {", ":"),
  ])
  func aBrokenLibraryIsRefused(text: String, message: String) throws {
    try withFile(text) { file in
      let findings = check("[a]", library: file).result.diagnostics
      #expect(
        findings.map(\.code)
          == [.unreadableFile, .outsideFolder].filter { code in
            findings.contains { $0.code == code }
          })
      #expect(findings.contains { $0.code == .unreadableFile && $0.message.contains(message) })
    }
  }
}
