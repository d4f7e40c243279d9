import Testing

@testable import Diffusion

@Suite struct PromptParserTests {
  @Test(arguments: PromptWeighting.allCases)
  func weightsAreThoseOfTheProgram(_ weighting: PromptWeighting) throws {
    let cases = try #require(PromptFixture.all).weights
    #expect(cases.count > 40)
    for sample in cases {
      guard let expected = weighting == .comfy ? sample.comfy : sample.a1111 else { continue }
      let sections = PromptParser.sections(of: sample.text, weighting: weighting)
      let runs = Array(sections.map { $0.map(Optional.some) }.joined(separator: [nil]))
      #expect(runs.map { $0?.text } == expected.map(\.text), "\(sample.text)")
      let isClose = zip(runs, expected).allSatisfy { abs(($0?.weight ?? 1) - $1.weight) < 1e-12 }
      #expect(isClose, "\(sample.text): \(runs)")
    }
  }

  @Test func bracketsThatOnlyA1111HasWorkInBoth() {
    let sections = PromptParser.sections(of: "[less] BREAK (more", weighting: .comfy)
    #expect(
      sections == [
        [PromptRun(text: "less", weight: 1 / 1.1)], [PromptRun(text: "more", weight: 1.1)],
      ])
  }

  @Test(arguments: ["(", "[", ":", "\\", "(:1)", "(a:1"])
  func manyBracketsTakeNoTime(_ piece: String) {
    let text = String(repeating: piece, count: 20_000)
    #expect(PromptParser.sections(of: text, weighting: .a1111).count == 1)
  }
}
