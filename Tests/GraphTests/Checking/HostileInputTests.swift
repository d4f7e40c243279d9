import Graph
import Testing

/// Files made to break the checker. Each gets a finding, in less than a second.
@Suite(.serialized)
struct HostileInputTests {
  /// A text with a name, for nobody wants to see the text in a log.
  struct Hostile: CustomTestStringConvertible {
    var testDescription: String
    var text: String

    init(_ name: String, _ text: String) {
      testDescription = name
      self.text = text
    }
  }

  /// A text that is repeated.
  private static func many(_ text: String, _ count: Int) -> String {
    String(repeating: text, count: count)
  }

  /// Lines that carry their numbers.
  private static func lines(_ count: Int, _ line: (Int) -> String) -> String {
    (0..<count).map(line).joined()
  }

  private static let nested: [Hostile] = [
    Hostile("lists", many("[", 100_000)), Hostile("mappings", many("{a: ", 100_000)),
    Hostile("blocks", lines(1500) { many(" ", $0) + "a:\n" }),
    Hostile("dashes", many("- ", 100_000)),
    Hostile("question marks", many("? ", 100_000)),
    Hostile("expressions", "easel: \"${" + many("1+", 1_000_000)),
    Hostile(
      "aliases", "a0: &a0 [x, x]\n" + lines(30) { "a\($0 + 1): &a\($0 + 1) [*a\($0), *a\($0)]\n" }),
  ]

  private static let long: [Hostile] = [
    Hostile("scalar", many("x", 4_000_000)), Hostile("too long", many("x", 10_000_000)),
    Hostile("open quotes", many("\"\n", 500_000)), Hostile("colons", many(": ", 500_000)),
    Hostile("keys", lines(90_000) { "k\($0): 1\n" }),
    Hostile("flow keys", "{" + lines(150_000) { "k\($0): 1, " }),
    Hostile("comments", many("#\n", 1_000_000)), Hostile("directive", "%" + many("a", 1_000_000)),
    Hostile(
      "nodes", "easel: 1\nnodes:\n" + lines(30_000) { "  n\($0): { uses: x, y: \"${z}\" }\n" }),
    Hostile(
      "ports",
      "easel: 1\nnodes:\n  a:\n    uses: sample\n" + lines(90_000) { "    modl\($0): 1\n" }
    ),
    Hostile(
      "interpolations",
      "easel: 1\nnodes: { a: { uses: load-image, path: \"" + many("ü${b}", 10_000) + "\" } }"
    ),
  ]

  @Test(arguments: nested + long)
  func largeFilesGetAFinding(_ hostile: Hostile) {
    let time = processorTime {
      let result = check(hostile.text)
      #expect(result.hasErrors)
      let renderer = DiagnosticRenderer(sources: result.sources)
      for finding in result.diagnostics.prefix(20) {
        #expect(renderer.text(finding).utf8.count < 20_000)
      }
    }
    #expect(time < .seconds(1), "it took \(time)")
  }

  private static let odd: [[UInt8]] = [
    [0], [0xFF, 0xFE], [0xEF, 0xBB], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0x80], [],
  ]

  @Test(arguments: odd)
  func oddBytesGetAFinding(_ bytes: [UInt8]) {
    #expect(check(bytes).hasErrors)
    #expect(check(Array("easel: ".utf8) + bytes).hasErrors)
  }

  @Test func randomBytesNeverCrash() {
    var generator = SplitMix(state: 7)
    for _ in 0..<1000 {
      let length = Int.random(in: 0..<200, using: &generator)
      let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
      #expect(check(bytes).hasErrors)
    }
  }

  @Test func randomChangesOfAGraphNeverCrash() throws {
    let graph = Array(try #require(Corpus.read("valid/portrait.yaml")).utf8)
    let pieces = [
      "${", "}", "{", "[", "\"", "'", ":", "- ", "\t", "\n", "&a ", "*a", "!", "??", "|", "ü",
      "1e999", ".",
    ]
    var generator = SplitMix(state: 8)
    for _ in 0..<1000 {
      var bytes = graph
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        let end = min(bytes.count, place + Int.random(in: 0..<8, using: &generator))
        let piece = pieces[Int.random(in: 0..<pieces.count, using: &generator)]
        bytes.replaceSubrange(place..<end, with: Array(piece.utf8))
      }
      let result = check(bytes)
      #expect(result.hasErrors == (result.graph == nil))
      let renderer = DiagnosticRenderer(sources: result.sources)
      for finding in result.diagnostics {
        #expect(!renderer.text(finding).isEmpty && !finding.json.isEmpty)
      }
    }
  }
}
