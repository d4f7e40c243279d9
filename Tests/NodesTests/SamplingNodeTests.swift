import Diffusion
import Engine
import Graph
import Tensor
import Testing

@testable import Nodes

/// The nodes of noise and of noise levels, and what `sample` makes of both.
struct SamplingNodeTests {
  private func run(_ type: any Node.Type, _ inputs: [String: PortArgument]) throws -> [String:
    any PortValue]
  {
    try Invocation(type, inputs: inputs).run(RunContext(node: NodeID("test")))
  }

  private func levels(_ values: [Double]) -> PortArgument {
    .constant(.list(values.map(Literal.float)))
  }

  private func part(_ port: String) throws -> PortArgument {
    let path = try ModelLocation.locate("default", in: "")
    let model = PortArgument.constant(.path(.init(written: "default", resolved: path)))
    return .value(try #require(try run(LoadCheckpoint.self, ["model": model])[port]))
  }

  private func sampled(
    by type: any Node.Type = Sample.self, count: Int = 1, _ changes: [String: PortArgument]
  ) throws -> [Float] {
    let text = ["encoder": try part("encoder"), "text": PortArgument.constant(.text("a face"))]
    let positive = try #require(try run(EncodeText.self, text)["conditioning"])
    var inputs: [String: PortArgument] = [
      "model": try part("model"), "positive": .value(positive), "cfg": .constant(.float(1)),
      "latent": .value(Latent(samples: Tensor([count, 4, 4, 4], repeating: 0))),
      "steps": .constant(.int(2)), "seed": .constant(.int(6)),
    ]
    inputs.merge(changes) { $1 }
    return try #require(try run(type, inputs)["latent"] as? Latent).samples.elements
  }

  private func noise(seed: Int) throws -> Latent {
    let latent = Latent(samples: Tensor([1, 4, 4, 4], repeating: 0))
    let inputs = ["latent": PortArgument.value(latent), "seed": .constant(.int(seed))]
    return try #require(try run(MakeNoise.self, inputs)["noise"] as? Latent)
  }

  @Test func theSeedsNoiseCanBeGiven() throws {
    let given = try sampled(["noise": .value(try noise(seed: 6))])
    #expect(given == (try sampled([:])))
    let other = try sampled(["noise": .value(try noise(seed: 7))])
    #expect(given != other)
  }

  @Test func theSchedulesLevelsCanBeGiven() throws {
    let made = try run(MakeSigmas.self, ["model": part("model"), "steps": .constant(.int(2))])
    let sigmas = try #require(made["sigmas"])
    let (given, own) = (try sampled(["sigmas": .value(sigmas)]), try sampled([:]))
    #expect(given == own)
    #expect(throws: NoiseLevelError.self) { try sampled(["sigmas": levels([1, 2, 0])]) }
  }

  @Test(arguments: ["euler_ancestral", "dpmpp_2m_sde", "uni_pc", "lcm"])
  func aBatchIsSeveralRuns(sampler: String) throws {
    let choice = ["sampler": PortArgument.constant(.text(sampler))]
    let both = try sampled(count: 2, choice)
    let second = try sampled(choice.merging(["seed": .constant(.int(7))]) { $1 })
    #expect(Array(both.suffix(64)) == second)
    #expect(both.allSatisfy { $0.isFinite })
  }

  @Test func twoPartsMakeUpARun() throws {
    let first = try sampled(
      by: SampleAdvanced.self,
      ["end-step": .constant(.int(1)), "keep-noise": .constant(.bool(true))])
    let latent = Latent(samples: Tensor([1, 4, 4, 4], first))
    let second = try sampled(
      by: SampleAdvanced.self,
      [
        "latent": .value(latent), "start-step": .constant(.int(1)),
        "add-noise": .constant(.bool(false)),
      ])
    #expect(try second == sampled([:]))
  }

  @Test func noiseCanBeChanged() throws {
    let base = try noise(seed: 1)
    let share = PortArgument.constant(.float(0.5))
    for output in [
      try run(OffsetNoise.self, ["noise": .value(base), "strength": share]),
      try run(PyramidNoise.self, ["noise": .value(base), "discount": share]),
    ] {
      let changed = try #require(output["noise"] as? Latent).samples
      #expect(changed.shape == base.samples.shape)
      #expect(changed.elements != base.samples.elements)
    }
  }

  @Test func noiseIsMixedWithOthersOfItsShape() throws {
    let (one, other) = (try noise(seed: 1), try noise(seed: 2))
    let whole = ["noise": PortArgument.value(one), "variation": .value(other)]
    let end = try run(MixNoise.self, whole.merging(["amount": .constant(.float(1))]) { $1 })
    #expect((end["noise"] as? Latent)?.samples.elements == other.samples.elements)
    let large = Latent(samples: Tensor([1, 8, 4, 4], repeating: 0))
    #expect(throws: NoiseShapeMismatch.self) {
      try run(MixNoise.self, ["noise": .value(one), "variation": .value(large)])
    }
  }

  @Test func levelsAreSplitJoinedScaledAndShown() throws {
    let whole = ["sigmas": levels([8, 4, 2, 0])]
    let parts = try run(SplitSigmas.self, whole.merging(["step": .constant(.int(1))]) { $1 })
    #expect(parts["high"] as? [Double] == [8, 4])
    #expect(parts["low"] as? [Double] == [4, 2, 0])
    let last = try run(SplitSigmas.self, whole.merging(["denoise": .constant(.float(1))]) { $1 })
    #expect(last["low"] as? [Double] == [8, 4, 2, 0])
    #expect(throws: NotOneSplit.self) { try run(SplitSigmas.self, whole) }
    let joined = try run(JoinSigmas.self, ["high": levels([8, 4]), "low": levels([4, 0])])
    #expect(joined["sigmas"] as? [Double] == [8, 4, 0])
    let scaled = try run(ScaleSigmas.self, whole.merging(["factor": .constant(.float(0.5))]) { $1 })
    #expect(scaled["sigmas"] as? [Double] == [4, 2, 1, 0])
    let text = try #require(try run(ShowSigmas.self, whole)["text"] as? String)
    #expect(text.split(separator: "\n").count == 4)
  }
}
