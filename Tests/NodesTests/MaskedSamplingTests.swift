import Diffusion
import Engine
import Graph
import Imaging
import Tensor
import Testing

@testable import Nodes

/// `sample` with a mask.
struct MaskedSamplingTests {
  private let latent = Latent(samples: Tensor([1, 4, 4, 4], repeating: 0.25))

  private func sampled(_ mask: Mask, isSoft: Bool = false) throws -> [Float] {
    let text = ["encoder": try PortArgument.part("encoder"), "text": .text("a face")]
    let positive = try #require(try run(EncodeText.self, text)["conditioning"])
    let result: Latent = try output(
      of: Sample.self, "latent",
      [
        "model": try .part("model"), "positive": .value(positive), "latent": .value(latent),
        "cfg": .float(1), "steps": .int(2), "mask": .value(mask),
        "soft-mask": .constant(.bool(isSoft)),
      ])
    return result.samples.elements
  }

  @Test(arguments: [false, true]) func whatIsNotInTheMaskKeepsItsBits(isSoft: Bool) throws {
    // The right half, in pixels: of the latent, two columns of four.
    let mask = Mask(values: Tensor([32, 32], (0..<32 * 32).map { $0 % 32 < 16 ? 0 : 1 }))
    let elements = try sampled(mask, isSoft: isSoft)
    for (index, element) in elements.enumerated() {
      #expect((element == 0.25) == (index / 4 % 4 < 2))
    }
  }

  @Test func aMaskOfEverythingIsNone() throws {
    let all = try sampled(Mask(width: 32, height: 32, filledWith: 1))
    let none = try sampled(Mask(width: 32, height: 32, filledWith: 0))
    #expect(all.allSatisfy { $0.isFinite && $0 != 0.25 })
    #expect(none == latent.samples.elements)
  }

  @Test func aMaskOfAnotherSizeIsRefused() {
    let mask = Mask(width: 16, height: 32, filledWith: 1)
    let error = #expect(throws: SizesDiffer.self) { try sampled(mask) }
    #expect(
      error?.description == "`mask` is 16x32, and `latent` is 32x32; they must be of one size")
    #expect(throws: SizesDiffer.self) {
      try run(FillLatent.self, ["latent": .value(latent), "mask": .value(mask)])
    }
  }

  @Test func aMaskOfAnotherSizeIsFound() {
    let check = Checking(
      """
        checkpoint: { uses: load-checkpoint }
        text: { uses: encode-text, encoder: "${checkpoint.encoder}", text: a face }
        canvas: { uses: empty-latent, width: 96, height: 64 }
        mask: { uses: mask-box, x: 8, y: 8, box-width: 16, box-height: 16, width: 64, height: 64 }
        sample: { uses: sample, model: "${checkpoint.model}", positive: "${text}", latent: "${canvas}", mask: "${mask}" }
      outputs: { latent: "${sample}" }

      """)
    #expect(check.findings.count == 1)
    #expect(check.findings.first?.hasPrefix("size-mismatch: `mask` is for a picture") == true)
  }
}
