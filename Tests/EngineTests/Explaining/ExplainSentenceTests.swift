import Engine
import Graph
import Testing

/// A graph that ran, an edit, and what is said of a node after it.
@Suite struct ExplainSentenceTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var edit: (String, String) = ("", "")
    /// Changes to what is not in the graph's file.
    var change: @Sendable (inout Workshop) throws -> Void = { _ in }
    /// By node, what follows its name. `DATE` stands for any time.
    var said: [String: String]
  }

  static let graph = """
    easel: 1
    nodes:
      thing: { uses: load-thing, path: thing.txt }
      number: { uses: constant, value: 41, label: odd }
      sum: { uses: sum, a: "${number}", bias: 3 }
      tens: { uses: tens, a: "${sum.result}" }
      use: { uses: use-thing, thing: "${thing.thing}", a: "${tens.result}" }
      many: { uses: pad, each: { a: [1, 2] } }
      third: { uses: sum, when: "${sum.even}", a: "${number + 1}" }
      squares: { uses: sum, each: { a: [50, 60] } }
      total: { uses: total, values: "${squares.result}" }
      spare: { uses: constant, value: 5 }
    outputs:
      text: ${use}
      all: ${many}
      total: ${total}
      third: ${third.result ?? 0}

    """

  private static let unlessSame = "will run, unless what comes in turns out to be the same: "
  private static let ifNeeded = "may run, if a `when` or a `? :` needs it: "

  static let cases: [Case] = [
    Case(
      testDescription: "nothing changed",
      said: [
        "use": "comes from the store: nothing that it depends on changed since DATE",
        "sum": "comes from the store: nothing that it depends on changed since DATE",
        "thing": "will not run: all that needs it comes from the store",
        "spare": "will not run: no output needs it",
      ]),
    Case(
      testDescription: "a port without effect", edit: ("label: odd", "label: even"),
      said: ["use": "comes from the store: nothing that it depends on changed since DATE"]),
    Case(
      testDescription: "a constant", edit: ("value: 41", "value: 57"),
      said: [
        "number": "will run: `value` was 41, is 57",
        "sum": unlessSame
          + "its input `a` comes from `number`, which changed: `value` was 41, is 57",
        "tens": unlessSame
          + "its input `a` comes from `sum`, its `a` from `number`, which changed: "
          + "`value` was 41, is 57",
        "use": unlessSame
          + "its input `a` comes from `tens`, its `a` from `sum`, its `a` from `number`, "
          + "which changed: `value` was 41, is 57",
        "thing": "will be loaded for `use`",
        "third": ifNeeded
          + "its input `a` comes from `number`, which changed: `value` was 41, is 57",
        "many[2]": "comes from the store: nothing that it depends on changed since DATE",
      ]),
    Case(
      testDescription: "a default instead", edit: (", bias: 3", ""),
      said: ["sum": "will run: `bias` was 3, is 0"]),
    Case(
      testDescription: "an optional input", edit: ("bias: 3", "bias: 3, b: \"${spare}\""),
      said: ["sum": "will run: `b` was left out, comes from `spare.result`"]),
    Case(
      testDescription: "an optional constant", edit: ("bias: 3", "bias: 3, c: 8"),
      said: ["sum": "will run: `c` was left out, is 8"]),
    Case(
      testDescription: "a file", change: { try $0.folder.write("other", to: "thing.txt") },
      said: [
        "thing": "will be loaded for `use`: `thing.txt` changed",
        "use": "will run: its input `thing` comes from `thing`, which changed: `thing.txt` changed",
      ]),
    Case(
      testDescription: "another file", edit: ("path: thing.txt", "path: copy.txt"),
      change: { try $0.folder.write("more", to: "copy.txt") },
      said: ["thing": "will be loaded for `use`: `path` was `thing.txt`, is `copy.txt`"]),
    Case(
      testDescription: "a copy of the file", edit: ("path: thing.txt", "path: copy.txt"),
      change: { try $0.folder.write("ab", to: "copy.txt") },
      said: ["use": "comes from the store: nothing that it depends on changed since DATE"]),
    Case(
      testDescription: "a version",
      change: { $0.modify = { graph in graph.set("tens") { $0.schema.version = 2 } } },
      said: [
        "tens": "will run: the version of `tens` was 1, is 2",
        "use": unlessSame
          + "its input `a` comes from `tens`, which changed: the version of `tens` was 1, is 2",
      ]),
    Case(
      testDescription: "a port's documentation",
      change: { $0.modify = { graph in graph.set("tens") { $0.schema.outputs[0].about = "" } } },
      said: ["use": "comes from the store: nothing that it depends on changed since DATE"]),
    Case(
      testDescription: "an output that was added",
      change: {
        $0.modify = { graph in
          graph.set("tens") {
            $0.schema.outputs.append(PortSchema(name: "rest", type: .int, about: ""))
          }
        }
      },
      said: ["tens": "will run: the ports of `tens` are not what they were"]),
    Case(
      testDescription: "the numeric mode", change: { $0.options.numericMode = "bf16" },
      said: [
        "number": "will run: the numeric mode was f32, is bf16",
        "use": "will run: the numeric mode was f32, is bf16",
      ]),
    Case(
      testDescription: "another kind", edit: ("uses: tens", "uses: sum"),
      said: ["tens": "will run: it was a `tens`, is a `sum`"]),
    Case(
      testDescription: "another wire", edit: ("${sum.result}", "${number}"),
      said: ["tens": "will run: `a` came from `sum.result`, comes from `number.result`"]),
    Case(
      testDescription: "an expression", edit: ("number + 1", "number + 2"),
      said: ["third": ifNeeded + "`a` is computed by another expression"]),
    Case(
      testDescription: "a constant for an expression", edit: ("\"${number + 1}\"", "6"),
      said: ["third": ifNeeded + "`a` was computed, is 6"]),
    Case(
      testDescription: "a file that is not known",
      change: {
        $0.modify = { graph in
          graph.nodes.swapAt(0, 1)
          graph.set("thing") { $0.inputs["path"] = .from("number") }
        }
      },
      said: [
        "thing": "will be loaded for `use`: a file that it takes is not known before the run",
        "use":
          unlessSame
          + "its input `thing` comes from `thing`, which takes a file that is not known "
          + "before the run",
      ]),
    Case(
      testDescription: "evicted", change: { $0.evict() },
      said: [
        "number":
          "will run: it is as it was on DATE, but its result is not in the store any more",
        "thing": "will be loaded for `use`",
      ]),
    Case(
      testDescription: "another cache", change: { $0.cache = "other" },
      said: [
        "number": "will run: it never ran before",
        "thing": "will be loaded for `use`: it never ran before",
      ]),
    Case(
      testDescription: "a new name", edit: ("sum: { uses: sum, a: \"${number}\", bias: 3", renamed),
      said: [
        "added": "will run: `bias` was 3, is 4",
        "tens": unlessSame
          + "its input `a` comes from `added`, which changed: `bias` was 3, is 4",
      ]),
    Case(
      testDescription: "only a new name",
      edit: ("sum: { uses: sum, a: \"${number}\", bias: 3", renamed.replacing("4", with: "3")),
      said: [
        "added": "comes from the store: nothing that it depends on changed since DATE",
        "tens": "will not run: all that needs it comes from the store",
      ]),
    Case(
      testDescription: "a new node", edit: ("text: ${use}", "text: ${use}\n  spare: ${spare}"),
      said: ["spare": "will run: it never ran before"]),
    Case(
      testDescription: "a list that grew", edit: ("[1, 2]", "[1, 4, 2]"),
      said: [
        "many[1]": "comes from the store: nothing that it depends on changed since DATE",
        "many[2]": "will run: `a` 4 is new",
        "many[3]": "comes from the store: nothing that it depends on changed since DATE",
      ]),
    Case(
      testDescription: "an element that changed", edit: ("[1, 2]", "[1, 4]"),
      said: ["many[2]": "will run: `a` was 2, is 4"]),
    Case(
      testDescription: "elements that changed places", edit: ("[50, 60]", "[60, 50]"),
      said: ["total": "will run: the elements of `values` are arranged otherwise"]),
    Case(
      testDescription: "one more element for a list", edit: ("[50, 60]", "[40, 50, 60]"),
      said: [
        "squares[1]": "will run: `a` 40 is new",
        "total": "will run: `values` had 2 elements, has 3",
      ]),
    Case(
      testDescription: "another element for a list", edit: ("[50, 60]", "[80, 50]"),
      said: [
        "total": unlessSame
          + "its input `values[1]` comes from `squares[1]`, which changed: `a` was 60, is 80"
      ]),
    Case(
      testDescription: "a node that computes the same as another", edit: ("[50, 60]", "[80, 80]"),
      said: [
        "squares[1]": "will run: `a` was 50, is 80",
        "squares[2]": "computes the same as `squares[1]`, which will run: `a` was 50, is 80",
      ]),
    Case(
      testDescription: "a list that is no longer one",
      edit: ("pad, each: { a: [1, 2] }", "pad, a: 2"),
      said: ["many": "comes from the store: nothing that it depends on changed since DATE"]),
  ]

  private static let renamed = "added: { uses: sum, a: \"${number}\", bias: 4"

  @Test(arguments: cases) func theCauseIsNamed(_ test: Case) async throws {
    var workshop = try Workshop(Self.graph)
    try await workshop.run()
    try test.change(&workshop)
    // Names change where a node is referred to, too.
    let text = Self.graph.replacing(test.edit.0, with: test.edit.1)
    try workshop.write(
      test.edit.1.hasPrefix("added") ? text.replacing("${sum.", with: "${added.") : text)
    let explanations = try workshop.explain()
    for (node, said) in test.said {
      let explanation = try #require(explanations.first { $0.node.path == node })
      #expect(explanation.sentence.withoutDates == "`\(node)` \(said)")
    }
  }
}
