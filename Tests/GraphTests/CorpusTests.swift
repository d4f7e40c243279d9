import Graph
import Testing

/// Broken graphs beside what is said about them. With `EASEL_RECORD=1` in the environment, the
/// expectations are written anew, and the tests fail so that nobody takes the recording for a proof.
struct CorpusTests {
  @Test(arguments: Corpus.names(in: "broken"))
  func brokenGraphsAreReported(_ name: String) {
    let result = Corpus.check("broken/\(name).yaml")
    let found = Corpus.rendered(result)
    if Corpus.isRecording { Corpus.write(found, to: "broken/\(name).expected") }
    #expect(!Corpus.isRecording, "the expectation was recorded, not checked")
    #expect(found == Corpus.read("broken/\(name).expected"))
    #expect(result.hasErrors && result.graph == nil)
  }

  @Test(arguments: Corpus.names(in: "valid"))
  func validGraphsAreNot(_ name: String) {
    let result = Corpus.check("valid/\(name).yaml")
    #expect(Corpus.rendered(result) == "")
  }

  @Test func theCorpusIsLarge() {
    #expect(Corpus.names(in: "broken").count >= 70)
  }
}
