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
    (.note("a/b"), #"{"event":"note","message":"a/b"}"#),
    (.completed(seconds: 2), #"{"event":"completed","seconds":2}"#),
  ])
  func anEventIsALineOfJSON(event: RunEvent, json: String) {
    #expect(event.json == json)
  }

  @Test func aRunBeginsWithItsPlanAndEndsCompleted() async throws {
    let graph = GraphBuilder.build {
      $0.node("slow", "slow", ["a": .int(1), "steps": .int(2)])
      $0.node("unused", "constant")
      $0.output("slow", .from("slow"))
    }
    let lines = try await Trial(graph, cache: nil).log.events.map(\.json)
    #expect(
      lines.dropLast(2) == [
        #"{"event":"planned","plan":{"not-needed":1,"run":1}}"#,
        #"{"event":"started","node":"slow"}"#,
        #"{"count":2,"event":"step","node":"slow","step":1}"#,
        #"{"count":2,"event":"step","node":"slow","step":2}"#,
      ])
    #expect(lines.suffix(2).first?.contains(#""event":"finished""#) == true)
    #expect(lines.last?.contains(#""event":"completed""#) == true)
  }
}
