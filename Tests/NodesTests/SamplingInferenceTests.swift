import Graph
import Testing

@testable import Nodes

/// What is said of sampling when a graph is checked.
struct SamplingInferenceTests {
  private func check(
    _ sample: String, _ others: String = "", for purpose: Checker.Purpose = .run
  ) -> Checking {
    Checking(
      """
        checkpoint: { uses: load-checkpoint }
        text: { uses: encode-text, encoder: "${checkpoint.encoder}", text: a face }
        canvas: { uses: empty-latent, width: 96, height: 64 }
        sample:
          uses: sample
          model: ${checkpoint.model}
          positive: ${text}
          latent: ${canvas}
          \(sample)
      \(others)
      outputs: { latent: "${sample}" }

      """, for: purpose)
  }

  @Test func writtenLevelsAreTaken() {
    #expect(check("sigmas: [14.6, 7, 3, 0]").findings == [])
  }

  @Test func levelsThatDoNotFallAreFound() {
    let message = "noise level 3 is 7.0 after 3.0: each level is below the one before"
    #expect(check("sigmas: [14.6, 3, 7, 0]").findings == ["invalid-value: \(message)"])
  }

  @Test(arguments: ["steps: 12", "schedule: karras", "denoise: 0.5"])
  func whatGivenLevelsReplaceIsWarnedOf(port: String) {
    let name = port.prefix { $0 != ":" }
    let findings = check("sigmas: [14.6, 7, 3, 0]\n    \(port)", for: .inspection).findings
    #expect(findings == ["needless-value: with `sigmas`, `\(name)` changes nothing"])
  }

  @Test func noiseOfAnotherSizeIsFound() {
    let noise = """
        small: { uses: empty-latent, width: 64, height: 64 }
        noise: { uses: make-noise, latent: "${small}" }
        pyramid: { uses: pyramid-noise, noise: "${noise}" }
      """
    let message =
      "`noise` is for a picture of another size than `latent`: 64 and 96 pixels"
    #expect(check("noise: ${pyramid}", noise).findings == ["size-mismatch: \(message)"])
  }

  @Test func levelsAreSplitOnce() {
    let message = "`split-sigmas` takes either `step` or `denoise`"
    for ports in ["", ", step: 1, denoise: 0.5"] {
      let parts = "  parts: { uses: split-sigmas, sigmas: [8, 4, 0]\(ports) }"
      #expect(check("sigmas: ${parts.low}", parts).findings == ["invalid-value: \(message)"])
    }
    let parts = "  parts: { uses: split-sigmas, sigmas: [8, 4, 0], step: 1 }"
    #expect(check("sigmas: ${parts.low}", parts).findings == [])
  }

  @Test func aRunWithoutAStepIsWarnedOf() {
    let check = Checking(
      """
        checkpoint: { uses: load-checkpoint }
        text: { uses: encode-text, encoder: "${checkpoint.encoder}", text: a face }
        canvas: { uses: empty-latent, width: 96, height: 64 }
        sample:
          uses: sample-advanced
          model: ${checkpoint.model}
          positive: ${text}
          latent: ${canvas}
          start-step: 5
          end-step: 5
      outputs: { latent: "${sample}" }

      """, for: .inspection)
    #expect(check.result.diagnostics.map(\.code) == [.needlessValue])
    #expect(check.type(of: "sample", "latent") == "latent<sdxl, 96x64>")
  }
}
