import Diffusion
import Engine
import Imaging
import Tensor
import Testing

@testable import Nodes

struct ConditioningNodeTests {
  private let one = Conditioning(
    context: Tensor([1, 1, 2], [1, 2]), pooled: Tensor([1, 1], [4]))
  private let other = Conditioning(
    context: Tensor([1, 1, 2], [5, 6]), pooled: Tensor([1, 1], [8]))

  private func run(_ type: any Node.Type, _ inputs: [String: PortArgument]) throws -> Conditioning {
    try output(of: type, "conditioning", inputs)
  }

  private var both: [String: PortArgument] { ["first": .value(one), "second": .value(other)] }

  @Test func combinedPromptsStandSideBySide() throws {
    let combined = try run(CombineConditioning.self, both)
    #expect(combined.parts.map(\.context.elements) == [[1, 2], [5, 6]])
  }

  @Test func concatenatedTextsAreOne() throws {
    let long = try run(ConcatConditioning.self, both)
    #expect(long.parts.count == 1)
    #expect(long.context.elements == [1, 2, 5, 6])
  }

  @Test(
    arguments: [
      (1, [1, 2], 4), (0.25, [4, 5], 7), (0, [5, 6], 8),
    ] as [(Double, [Float], Float)])
  func theShareIsThatOfTheFirst(share: Double, tokens: [Float], pooled: Float) throws {
    let blend = try run(AverageConditioning.self, both.merging(["share": .float(share)]) { $1 })
    #expect(blend.context.elements == tokens)
    #expect(blend.pooled?.elements == [pooled])
  }

  @Test func zerosSayNothing() throws {
    let zeros = try run(ZeroConditioning.self, ["conditioning": .value(one)])
    #expect(zeros.context.elements == [0, 0] && zeros.pooled?.elements == [0])
  }

  @Test func areasAreInPixelsOrFractions() throws {
    let inputs: [String: PortArgument] = [
      "conditioning": .value(one), "x": .float(0.5), "y": .float(0), "width": .float(0.5),
      "height": .float(1), "unit": .text("fractions"), "strength": .float(2),
    ]
    let part = try run(ConditioningArea.self, inputs).parts[0]
    #expect(part.area == .fractions(x: 0.5, y: 0, width: 0.5, height: 1))
    #expect(part.strength == 2)
    let pixels = try run(
      ConditioningArea.self,
      ["conditioning": .value(one), "x": .float(64), "width": .float(32)])
    #expect(pixels.parts[0].area == .pixels(x: 64, y: 0, width: 32, height: 512))
  }

  @Test func masksAreKeptWithTheirStrength() throws {
    let mask = Mask(width: 3, height: 2, filledWith: 0.5)
    let part = try run(
      ConditioningMask.self,
      [
        "conditioning": .value(one), "mask": .value(mask), "strength": .float(0.5),
        "area": .text("bounds"),
      ]
    ).parts[0]
    #expect(part.mask?.values.shape == [2, 3])
    #expect(part.mask?.strength == 0.5 && part.mask?.isCropped == true)
    #expect(part.strength == 1)
  }

  @Test func rangesEndAfterTheyBegin() throws {
    func ranged(_ start: Double, _ end: Double) throws -> Conditioning {
      try run(
        ConditioningRange.self,
        ["conditioning": .value(one), "start": .float(start), "end": .float(end)])
    }
    #expect(try ranged(0.25, 0.5).parts[0].range == TimestepRange(start: 0.25, end: 0.5))
    #expect(throws: EmptyRange.self) { try ranged(0.5, 0.25) }
  }

  @Test(arguments: [
    (
      "conditioning-range, start: 0.5, end: 0.25",
      "out-of-range: the end, 0.25, lies before the start, 0.5"
    ),
    (
      "conditioning-area, unit: fractions",
      "out-of-range: `width`, 512.0, is no part of the picture"
    ),
  ])
  func whatCannotBeIsFoundWhenTheGraphIsChecked(node: String, finding: String) {
    let check = Checking(
      """
        checkpoint: { uses: load-checkpoint }
        text: { uses: encode-text, encoder: "${checkpoint.encoder}", text: a smiling person }
        changed: { uses: \(node), conditioning: "${text}" }
        canvas: { uses: empty-latent, width: 64, height: 64 }
        sample: { uses: sample, model: "${checkpoint.model}", positive: "${changed}", latent: "${canvas}" }
      outputs: { latent: "${sample}" }

      """)
    #expect(check.findings == [finding])
  }

  @Test func familiesGoThrough() {
    let check = Checking(
      """
        checkpoint: { uses: load-checkpoint }
        text: { uses: encode-text, encoder: "${checkpoint.encoder}", text: a smiling person }
        left: { uses: conditioning-area, conditioning: "${text}", width: 64, height: 64 }
        both: { uses: combine-conditioning, first: "${left}", second: "${text}" }
        model: { uses: limit-cfg, model: "${checkpoint.model}" }
        rescaled: { uses: rescale-cfg, model: "${model}" }
        canvas: { uses: empty-latent, width: 64, height: 64, batch: 2 }
        sample: { uses: sample, model: "${rescaled}", positive: "${both}", latent: "${canvas}" }
        pictures: { uses: decode-latents, vae: "${checkpoint.vae}", latent: "${sample}" }
        sheet: { uses: image-grid, images: "${pictures}" }
        second: { uses: pick-latent, latent: "${sample}", index: 2 }
      outputs: { image: "${sheet}", latent: "${second}" }

      """)
    #expect(check.findings == [])
    #expect(check.type(of: "both", "conditioning") == "conditioning<sdxl>")
    #expect(check.type(of: "rescaled", "model") == "model<sdxl>")
    #expect(check.type(of: "pictures", "images") == "list<image<64x64>>")
    #expect(check.type(of: "second", "latent") == "latent<sdxl, 64x64>")
  }
}
