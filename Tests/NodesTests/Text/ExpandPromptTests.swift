import Graph
import Testing

@testable import Nodes

struct ExpandPromptTests {
  @Test func theSameSeedGivesTheSameText() throws {
    let texts = try (0..<30).map { seed in
      try run(
        ExpandPrompt.self,
        ["text": .constant(.text("a {red|green} cat")), "seed": .constant(.int(seed % 15))])["text"]
        as? String
    }
    #expect(Array(texts.prefix(15)) == Array(texts.suffix(15)))
    #expect(Set(texts) == ["a red cat", "a green cat"])
  }

  @Test func aBrokenTextIsFoundWhenTheGraphIsChecked() {
    let check = Checking(
      """
        text: { uses: expand-prompt, text: "a {red|green cat" }
      outputs: { text: "${text}" }

      """)
    #expect(
      check.findings == [
        "invalid-value: text, column 3: the `{` has no `}`; write `\\{` for a brace that is meant as one"
      ])
  }
}
