import Graph
import Testing

@testable import Engine

@Suite struct RunEventTests {
  @Test(arguments: [
    (RunEvent.started(NodeID("fix/sample")), #"{"event":"started","node":"fix/sample"}"#),
    (
      .step(NodeID("sample"), step: 2, count: 25),
      #"{"count":25,"event":"step","node":"sample","step":2}"#
    ),
    (.cached(NodeID("a"), .content), #"{"event":"cached","how":"content","node":"a"}"#),
    (.loaded(NodeID("a"), seconds: 0.5), #"{"event":"loaded","node":"a","seconds":0.5}"#),
    (
      .finished(NodeID("a"), seconds: 1.5, bytes: 12, peakBytes: 34),
      #"{"bytes":12,"event":"finished","node":"a","peak_bytes":34,"seconds":1.5}"#
    ),
    (
      .failed(NodeID("a"), reason: "no \"b\"\n"),
      #"{"event":"failed","message":"no \"b\"\n","node":"a"}"#
    ),
    (
      .read(NodeID("a"), seconds: 0.5, bytes: 7),
      #"{"bytes":7,"event":"read","node":"a","seconds":0.5}"#
    ),
    (
      .stored(NodeID("a"), seconds: 0.5, bytes: 7),
      #"{"bytes":7,"event":"stored","node":"a","seconds":0.5}"#
    ),
    (
      .hashing(HashingProgress(path: "a/b", bytes: 5, total: 7)),
      #"{"bytes":5,"event":"hashing","path":"a/b","total":7}"#
    ),
    (.holding(bytes: 5), #"{"bytes":5,"event":"holding"}"#),
    (.note("a/b"), #"{"event":"note","message":"a/b"}"#),
    (.completed(seconds: 2), #"{"event":"completed","seconds":2}"#),
  ])
  func anEventIsALineOfJSON(event: RunEvent, json: String) {
    #expect(event.json == json)
  }

  @Test func whereAPreviewWasWrittenIsSaid() {
    var preview = StepPreview { 1 }
    func json() -> String {
      RunEvent.step(NodeID("a"), step: 1, count: 2, preview: preview).json
    }
    #expect(json() == #"{"count":2,"event":"step","node":"a","step":1}"#)
    preview.path = "out/a.preview.png"
    #expect(
      json() == #"{"count":2,"event":"step","node":"a","preview":"out/a.preview.png","step":1}"#)
  }

  @Test func whatTheStoreDoesIsTold() async throws {
    let folder = Folder()
    let graph = GraphBuilder.build {
      $0.node("first", "constant", ["value": .int(1)])
      $0.output("first", .from("first"))
    }
    let cache = folder.path + "/cache"
    let first = try await Trial(graph, cache: cache).log.events
    #expect(first.contains { if case .stored(NodeID("first"), _, _) = $0 { true } else { false } })
    let second = try await Trial(graph, cache: cache).log.events
    #expect(second.contains { if case .read(NodeID("first"), _, _) = $0 { true } else { false } })
    #expect(second.contains { if case .holding(let bytes) = $0 { bytes > 0 } else { false } })
  }

  @Test func aPreviewIsMadeWhereItIsAskedFor() throws {
    let made = Log()
    let preview = StepPreview {
      made.add(.note("made"))
      return 7
    }
    let context = RunContext(
      node: NodeID("a"),
      progress: { step, _, preview in
        if step == 2 { #expect(preview?.value.literal == .int(7)) }
      })
    try context.finished(step: 1, of: 2, preview: preview)
    #expect(made.notes.isEmpty)
    try context.finished(step: 2, of: 2, preview: preview)
    #expect(made.notes == ["made"])
  }

  @Test func aRunBeginsWithItsPlanAndEndsCompleted() async throws {
    let graph = GraphBuilder.build {
      $0.node("slow", "slow", ["a": .int(1), "steps": .int(2)])
      $0.node("unused", "constant")
      $0.output("slow", .from("slow"))
    }
    let lines = try await Trial(graph, cache: nil).log.events.map(\.json)
    #expect(
      lines.dropLast(3) == [
        #"{"event":"planned","plan":{"not-needed":1,"run":1}}"#,
        #"{"event":"started","node":"slow"}"#,
        #"{"count":2,"event":"step","node":"slow","step":1}"#,
        #"{"count":2,"event":"step","node":"slow","step":2}"#,
      ])
    #expect(lines.suffix(2).first?.contains(#""event":"holding""#) == true)
    #expect(lines.suffix(3).first?.contains(#""event":"finished""#) == true)
    #expect(lines.last?.contains(#""event":"completed""#) == true)
  }
}
