import Graph
import Testing

struct YAMLValueTests {
  private func read(_ text: String) throws -> YAMLValue {
    try YAMLValue(contentsOf: "a.yaml", by: .memory(["a.yaml": Array(text.utf8)]))
  }

  @Test func textsListsAndMappingsAreRead() throws {
    let value = try read("# names\nbase: ~/models\nlines: |\n  a\n  b\nlist: [1, two]\nnone:\n")
    #expect(value["base"]?.text == "~/models")
    #expect(value["lines"]?.text == "a\nb\n")
    #expect(value["list"] == .list([.text("1"), .text("two")]))
    #expect(value["none"] == .null)
    #expect(value["other"] == nil)
    #expect(try read("# nothing\n") == .null)
  }

  @Test(arguments: [
    ("a: [\n", "a.yaml:2:1: "), ("a: 1\na: 2\n", "a.yaml:2:1: "), ("a: &b 1\n", "a.yaml:1:4: "),
  ])
  func whatIsWrongIsSaidWithItsPlace(text: String, place: String) {
    let error = #expect(throws: UnreadableYAML.self) { try read(text) }
    #expect(error?.description.hasPrefix(place) == true, "\(error?.description ?? "")")
  }

  @Test func aFileThatIsNotThereIsNamed() {
    let error = #expect(throws: UnreadableYAML.self) { try YAMLValue(contentsOf: "/nowhere.yaml") }
    #expect(error?.place == "/nowhere.yaml")
  }
}
