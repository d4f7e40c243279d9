import DefaultModel
import Testing

@testable import Diffusion

@Suite struct PromptEncoderTests {
  static let portraits = [
    "a portrait of a smiling person with brown hair, a cap and headphones, flat illustration", "",
    String(repeating: "frowning! red shirt, night sky with stars, ", count: 12),
  ]
  static let words = ["a red cat, on the moon!", ""]

  static let cases = [
    ("models/sd1", Fixtures.model("sd1"), words), ("models/sd2", Fixtures.model("sd2"), words),
    ("models/sdxl", Fixtures.model("sdxl"), words),
    ("default-model", DefaultModel.path ?? "", portraits),
  ]

  @Test(arguments: cases)
  func conditionsAsThePipelineDoes(_ name: String, _ folder: String, _ prompts: [String]) throws {
    let encoder = try Checkpoint(opening: folder).textEncoder()
    let reference = try Reference(name, prefix: "prompt")
    for (index, prompt) in prompts.enumerated() {
      let conditioning = encoder.encode(prompt)
      let context = try reference["\(index).context"]
      #expect(conditioning.context.relativeError(to: context) < tolerance, "\(prompt)")
      #expect((conditioning.pooled != nil) == reference.contains("\(index).pooled"))
      guard let pooled = conditioning.pooled else { continue }
      #expect(try pooled.relativeError(to: reference["\(index).pooled"]) < tolerance, "\(prompt)")
    }
  }

  @Test(arguments: cases)
  func zerosHaveTheShapesOfAnEncoding(_ name: String, _ folder: String, _: [String]) throws {
    let encoder = try Checkpoint(opening: folder).textEncoder()
    let (zeros, encoded) = (encoder.zeros(), encoder.encode("a"))
    #expect(zeros.context.shape == encoded.context.shape)
    #expect(zeros.pooled?.shape == encoded.pooled?.shape)
    #expect(zeros.context.elements.allSatisfy { $0 == 0 })
  }

  @Test func theDefaultModelMeansZerosByAnEmptyPrompt() throws {
    #expect(
      try Checkpoint(opening: DefaultModel.path ?? "").textEncoder().forcesZerosForEmptyPrompt)
  }
}
