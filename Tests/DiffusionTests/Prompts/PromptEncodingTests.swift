import Tensor
import Testing

@testable import Diffusion

@Suite struct PromptEncodingTests {
  static let embeddings = ["sd1": "thing", "sdxl": "thing-xl"]

  static func encoders(_ model: String) throws -> TextEncoders {
    let file = Fixtures.path("prompts/\(embeddings[model] ?? "").safetensors")
    return try Checkpoint(opening: Fixtures.model(model)).encoders
      .attaching(TextualInversion(opening: file, name: "thing"))
  }

  @Test(arguments: ["sd1", "sdxl"])
  func statesAreThoseOfTheProgram(_ model: String) throws {
    let encoders = try Self.encoders(model)
    let cases = try #require(PromptFixture.all).encodings
    for (index, sample) in cases.enumerated() where sample.model == model {
      let weighting = try #require(PromptWeighting(rawValue: sample.weighting))
      let reference = try Reference("prompts/states", prefix: "\(index)")
      let conditioning = try encoders.encode(
        Prompt(
          sample.text, second: sample.second, weighting: weighting, clipSkip: sample.skip))
      let context = conditioning.context
      #expect(context.shape[1] == 77 * (sample.chunks.map(\.count).max() ?? 0))
      // The fixture has every third token.
      let tokens = stride(from: 0, to: context.shape[1], by: 3)
      let kept = Tensor.concatenating(tokens.map { context.slice($0..<$0 + 1, axis: 1) }, axis: 1)
      let error = try kept.relativeError(to: reference["context"])
      #expect(error < tolerance, "\(error) \(sample)")
      #expect((conditioning.pooled != nil) == (model == "sdxl"))
      guard let pooled = conditioning.pooled else { continue }
      #expect(try pooled.relativeError(to: reference["pooled"]) < tolerance, "\(sample)")
    }
  }

  @Test(arguments: PromptWeighting.allCases)
  func chunksAreThoseOfTheProgram(_ weighting: PromptWeighting) throws {
    let vectors = try TextualInversion(
      opening: Fixtures.path("prompts/thing-xl.safetensors"), name: "thing")
    let branches = try Checkpoint(opening: Fixtures.model("sdxl")).textEncoder().branches
    let cases = try #require(PromptFixture.all).encodings
    for sample in cases where sample.model == "sdxl" && sample.weighting == weighting.rawValue {
      for (index, branch) in branches.enumerated() {
        let tokenizer = PromptTokenizer(
          tokenizer: branch.tokenizer, embeddings: ["thing": vectors.vectors[index]])
        let text = index == 0 ? sample.text : sample.second ?? sample.text
        let counts = try tokenizer.chunks(of: text, weighting: weighting).map(\.count)
        let expected = sample.chunks[index]
        #expect(counts == Array(expected.prefix(counts.count)), "\(text)")
        #expect(expected.dropFirst(counts.count).allSatisfy { $0 == 0 })
      }
    }
  }

  @Test(arguments: ["sd1", "sd2", "sdxl"])
  func aShortPromptWithoutBracketsIsWhatThePipelineMakesOfIt(_ model: String) throws {
    let encoder = try Checkpoint(opening: Fixtures.model(model)).textEncoder()
    for weighting in PromptWeighting.allCases {
      let prompt = try encoder.encode(Prompt("a red cat, on the moon!", weighting: weighting))
      let plain = encoder.encode("a red cat, on the moon!")
      #expect(prompt.context.elements == plain.context.elements)
      #expect(prompt.pooled?.elements == plain.pooled?.elements)
    }
  }

  @Test func theLastLayerIsTheFirstThatIsCounted() throws {
    let encoder = try Checkpoint(opening: Fixtures.model("sd1")).textEncoder()
    let plain = try encoder.encode(Prompt("a cat"))
    #expect(
      try encoder.encode(Prompt("a cat", clipSkip: 1)).context.elements == plain.context.elements)
    for skip in [0, 3] {
      #expect(throws: PromptError.clipSkip(skip, layers: 2)) {
        try encoder.encode(Prompt("a cat", clipSkip: skip))
      }
    }
  }
}
