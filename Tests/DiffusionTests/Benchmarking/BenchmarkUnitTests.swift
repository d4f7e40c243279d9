import DefaultModel
import Tensor
import Testing

@testable import Diffusion

@Suite struct BenchmarkUnitTests {
  /// Counted by hand for kernels, by PyTorch's `FlopCounterMode` over diffusers' and transformers' models for the rest.
  @Test(arguments: [
    ("linear-8192x320x2560", 2 * 8192 * 320 * 2560),
    ("linear-77x768x3072", 363_331_584),
    ("conv-2x64x64x320-320", 2 * 9 * 2 * 64 * 64 * 320 * 320),
    ("conv-2x64x64x320-320-stride2", 2 * 9 * 2 * 32 * 32 * 320 * 320),
    ("attention-16x4096x40", 2 * 2 * 16 * 4096 * 4096 * 40),
    ("attention-16x4096x77x40", 2 * 2 * 16 * 4096 * 77 * 40),
    ("clip-l", 13_298_503_680), ("open-clip-h", 45_127_233_536),
    ("open-clip-bigg", 97_863_106_560), ("sd15-unet", 1_606_546_882_560),
    ("sd15-unet-96", 4_296_243_445_760), ("sd21-unet", 1_608_514_928_640),
    ("sdxl-unet", 6_761_236_398_080), ("vae-decode-512", 2_514_518_933_504),
    ("vae-decode-1024", 10_470_392_594_432), ("vae-encode-512", 1_116_658_466_816),
  ])
  func operationsAreThoseOfTheTextbook(name: String, expected: Int) throws {
    #expect(try unit(name).operations == expected)
  }

  @Test func everyUnitHasANameOfItsOwnAndSaysHowMuchItIs() throws {
    let units = try BenchmarkUnit.all(embeddedModel: DefaultModel.path)
    #expect(Set(units.map(\.name)).count == units.count)
    #expect(Set(units.map(\.group)) == Set(BenchmarkUnit.Group.allCases))
    #expect(units.allSatisfy { ($0.operations ?? $0.byteCount ?? 0) > 0 })
  }

  @Test(arguments: [
    ("linear-77x768x768", [77, 768]), ("linear-512x1280x1280-int8", [512, 1280]),
    ("conv-2x8x8x1280-1280", [2, 8, 8, 1280]),
    ("conv-2x32x32x640-640-stride2", [2, 16, 16, 640]),
    ("attention-16x256x77x160", [2, 256, 1280]), ("attention-12x77x64-causal", [1, 77, 768]),
    ("group-norm-2x32x32x1280", [2, 32, 32, 1280]), ("layer-norm-1024x1280", [1024, 1280]),
    ("geglu-1024x10240", [1024, 5120]), ("transformer-1x1024x1280", [1, 1024, 1280]),
    ("portrait", [1, 128, 128, 3]),
  ])
  func aUnitRunsAndStaysFinite(name: String, shape: [Int]) throws {
    let prepared = try unit(name).prepare()
    let result = try prepared.run()
    #expect(result.shape == Shape(shape))
    #expect(result.elements.allSatisfy { $0.isFinite })
    #expect(try prepared.run().elements == result.elements)
  }

  @Test(arguments: [("sd1", 4), ("sd2", 4), ("sdxl", 5)])
  func theUnitsOfAFolderAreItsParts(model: String, parts: Int) throws {
    let units = try BenchmarkUnit.all(ofModel: Fixtures.model(model))
    let unet = try #require(units.first { $0.name == "unet" })
    #expect(Set(units.map { $0.name.prefix { $0 != "-" } }).count <= parts)
    #expect(units.map(\.name).contains("vae-decode-512"))
    #expect(units.contains { $0.name == "text-encoder-2" } == (model == "sdxl"))
    let result = try unet.prepare().run()
    #expect(result.shape == (model == "sdxl" ? [1, 128, 128, 4] : [2, 64, 64, 4]))
  }

  @Test func aFolderWithoutAModelIsRefused() {
    #expect(throws: CheckpointError.self) { try BenchmarkUnit.all(ofModel: Fixtures.path("")) }
  }

  @Test func inputsCanBeGiven() throws {
    let unit = try unit("linear-77x768x768")
    let zeros = try unit.prepare(inputs: ["x": Tensor([77, 768], repeating: 0)]).run()
    #expect(zeros.slice(0..<1).elements == zeros.slice(76..<77).elements)
    let wrong = #expect(throws: BenchmarkInputError.self) {
      try unit.prepare(inputs: ["x": Tensor([1, 768], repeating: 0)])
    }
    #expect(wrong?.description == "the input `x` of `linear-77x768x768` must be of shape [77, 768]")
    let unknown = #expect(throws: BenchmarkInputError.self) {
      try unit.prepare(inputs: ["y": Tensor([1], repeating: 0)])
    }
    #expect(unknown?.description == "`linear-77x768x768` has no input `y`: it takes x")
  }

  private func unit(_ name: String) throws -> BenchmarkUnit {
    let units = try BenchmarkUnit.all(embeddedModel: DefaultModel.path)
    return try #require(units.first { $0.name == name })
  }
}
