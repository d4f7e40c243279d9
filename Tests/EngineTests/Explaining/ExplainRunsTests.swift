import Engine
import Testing

/// Explanations that need more than one run.
@Suite struct ExplainRunsTests {
  private let graph = ExplainSentenceTests.graph

  private func edited(_ edits: (String, String)...) -> String {
    edits.reduce(graph) { $0.replacing($1.0, with: $1.1) }
  }

  @Test func sameContentIsSaid() async throws {
    let workshop = try Workshop(graph)
    try await workshop.run()
    // (42 + 3) / 10 is (41 + 3) / 10: the tens are the same, and are known when only they ran.
    let other = ("value: 41", "value: 42")
    try workshop.write(edited(other, ("text: ${use}", "text: ${tens}")))
    try await workshop.run()
    try workshop.write(edited(other))
    #expect(
      try workshop.said(of: "use")
        == "comes from the store by content: something before it changed (`value` was 41, is 42), "
        + "but what comes in is the same")
  }

  @Test func theNearestRunIsTaken() async throws {
    let workshop = try Workshop(graph)
    let variants = [("41", "3"), ("41", "9"), ("17", "9"), ("99", "100")]
    for (value, bias) in variants {
      try workshop.write(edited(("value: 41", "value: \(value)"), ("bias: 3", "bias: \(bias)")))
      try await workshop.run()
    }
    try workshop.write(edited(("value: 41", "value: 17")))
    #expect(try workshop.said(of: "sum") == "will run: `bias` was 9, is 3")
    try workshop.write(edited(("value: 41", "value: 99"), ("bias: 3", "bias: 9")))
    #expect(try workshop.said(of: "sum") == "will run: `bias` was 100, is 9")
  }

  @Test func aNodeThatWasLeftOutNeverRan() async throws {
    let workshop = try Workshop(edited(("bias: 3", "bias: 4")))
    try await workshop.run()
    try workshop.write(edited(("bias: 3", "bias: 5")))
    #expect(
      try workshop.said(of: "third")
        == "may run, if a `when` or a `? :` needs it: it never ran before")
  }

  @Test func aNodeWhoseResultWasNotAskedForIsRemembered() async throws {
    let workshop = try Workshop(graph)
    for bias in 0..<12 {
      // Only the last node runs, again and again: the first is not looked at.
      try workshop.write(edited(("a: [1, 2]", "a: [\(bias)]")))
      try await workshop.run()
    }
    #expect(workshop.history.count == 8)
    try workshop.write(edited(("a: [1, 2]", "a: [11]"), ("value: 41", "value: 42")))
    #expect(try workshop.said(of: "number") == "will run: `value` was 41, is 42")
  }

  @Test func aFailedRunIsNotRemembered() async throws {
    let workshop = try Workshop(edited(("text: ${use}", "text: ${bad}\n"), ("spare:", "bad:")))
    try workshop.write(
      edited(
        ("spare: { uses: constant, value: 5 }", "spare: { uses: fail }"), ("${use}", "${spare}")))
    await #expect(throws: (any Error).self) { try await workshop.run() }
    #expect(workshop.history == [])
    #expect(try workshop.said(of: "spare") == "will run: it never ran before")
  }

  @Test func runsOfSeveralGraphsAreRememberedByEach() async throws {
    let workshop = try Workshop(edited(("value: 41", "value: 17")))
    let other = try workshop.graph().labelled("a:b")
    try workshop.write(graph)
    let store = Store(folder: workshop.folder.path + "/cache")
    _ = try await Engine(library: testLibrary, store: store).run(
      [other, workshop.graph().labelled("c")])
    #expect(workshop.history.count == 2)
    try workshop.write(edited(("value: 41", "value: 18"), ("bias: 3", "bias: 4")))
    #expect(try workshop.said(of: "number") == "will run: `value` was 41, is 18")
    try workshop.write(edited(("value: 41", "value: 17")))
    let history = workshop.history
    try await workshop.run()
    // It is like an earlier run, which is the newest now.
    #expect(Set(workshop.history.map { $0.suffix(64) }) == Set(history.map { $0.suffix(64) }))
    #expect(workshop.history != history)
  }

  @Test func longChainsAreCut() async throws {
    let count = 300
    let nodes = (1...count).map { "  n\($0): { uses: sum, a: \"${n\($0 - 1).result}\" }" }
    let text = """
      easel: 1
      nodes:
        n0: { uses: sum, a: 1 }
      \(nodes.joined(separator: "\n"))
      outputs: { last: "${n\(count).result}" }
      """
    let workshop = try Workshop(text)
    try await workshop.run()
    try workshop.write(text.replacing("a: 1 }", with: "a: 2 }"))
    #expect(
      try workshop.said(of: "n9")?.hasSuffix(
        "comes from `n8`, and so on back to `n0`, which changed: `a` was 1, is 2") == true)
    #expect(try workshop.said(of: "n\(count)")?.contains("and so on back to") == true)
  }
}
