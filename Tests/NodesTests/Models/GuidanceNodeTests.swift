import Diffusion
import Engine
import Tensor
import Testing

@testable import Nodes

struct GuidanceNodeTests {
  private func run(_ type: any Node.Type, _ inputs: [String: PortArgument]) throws -> DiffusionModel
  {
    try output(
      of: type, "model", inputs.merging(["model": try .part("model")]) { given, _ in given })
  }

  @Test func guidanceIsPutOnTheModel() throws {
    let limited = try run(LimitCFG.self, ["start": .float(0.25), "end": .float(0.5)])
    let both = try run(
      RescaleCFG.self, ["model": .value(limited), "rescale": .float(0.5)])
    #expect(both.guidance.range == TimestepRange(start: 0.25, end: 0.5))
    #expect(both.guidance.rescale == 0.5 && both.guidance.imageScale == 1)
    let image = try run(SetImageCFG.self, ["model": .value(both)])
    #expect(image.guidance.imageScale == 1.5 && image.guidance.rescale == 0.5)
    #expect(throws: EmptyRange.self) {
      try run(LimitCFG.self, ["start": .float(0.5), "end": .float(0.25)])
    }
  }

  @Test func thePredictionIsSaid() throws {
    let before = try run(RescaleCFG.self, [:])
    let changed = try run(
      SetPrediction.self,
      ["prediction": .text("v_prediction"), "zero-snr": .constant(.bool(true))])
    #expect(before.noise.prediction == .epsilon && !before.noise.rescalesToZeroTerminalSNR)
    #expect(changed.noise.prediction == .velocity && changed.noise.rescalesToZeroTerminalSNR)
    #expect(changed.noise.betaEnd == before.noise.betaEnd)
  }

  /// A run whose only step lies outside of the range is one without guidance.
  @Test func withoutGuidanceThePromptAloneIsFollowed() throws {
    let limited = try run(LimitCFG.self, ["start": .float(0.9), "end": .float(1)])
    let text: Conditioning = try output(
      of: EncodeText.self, "conditioning",
      ["encoder": try .part("encoder"), "text": .text("a smiling person")])
    func sample(_ model: PortArgument, cfg: Double) throws -> [Float] {
      let latent = Latent(samples: Tensor([1, 4, 4, 4], repeating: 0))
      let sampled: Latent = try output(
        of: Sample.self, "latent",
        [
          "model": model, "positive": .value(text), "latent": .value(latent), "steps": .int(1),
          "cfg": .float(cfg),
        ])
      return sampled.samples.elements
    }
    let model = try PortArgument.part("model")
    let unguided = try sample(model, cfg: 1)
    #expect(try sample(.value(limited), cfg: 7) == unguided)
    #expect(try sample(model, cfg: 7) != unguided)
  }
}
