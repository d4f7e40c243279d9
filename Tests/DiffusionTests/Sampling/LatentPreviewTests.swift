import DefaultModel
import Tensor
import Testing

@testable import Diffusion

@Suite struct LatentPreviewTests {
  @Test func channelsAddTheirColours() {
    let preview = LatentPreview(factors: [[1, 0, 0], [0, 2, -1]], bias: [0, 0.5, 0])
    let pixels = preview(Tensor([1, 1, 2, 2], [1, 3, 0, -1]))
    #expect(pixels.shape == [1, 1, 2, 3])
    #expect(pixels.elements == [1, 6.5, -3, 0, -1.5, 1])
  }

  @Test(arguments: ["sd1", "sd2", "sdxl"]) func everyFamilyHasAMap(model: String) throws {
    let header = try CheckpointHeader(of: Fixtures.model(model))
    #expect(header.preview?.factors.count == 4)
  }

  @Test func theEmbeddedModelBringsItsOwn() throws {
    let header = try CheckpointHeader(of: try #require(DefaultModel.path))
    let family = try CheckpointHeader(of: Fixtures.model("sdxl")).preview
    #expect(header.family == .sdxl)
    #expect(header.preview != nil && header.preview != family)
  }

  @Test func noMapIsGuessedForOtherChannels() throws {
    let file = try ConfigurationFile(path: Fixtures.model("sd1") + "/vae/config.json")
    #expect(try LatentPreview(file, family: .sd1, channels: 16) == nil)
  }

  @Test(arguments: [
    "3", "[]", "[[1, 2, 3]]", "[[1, 2, 3], [1, 2, 3], [1, 2, 3], [1, 2]]",
    "[[1, 2, 3], [1, 2, 3], [1, 2, 3], [1, 2, 1e300]]",
  ])
  func wrongFactorsAreRefused(json: String) throws {
    let copy = try ModelCopy(of: "sd1")
    try copy.set("latent_rgb_factors", to: json, in: "vae/config.json")
    #expect(throws: CheckpointError.self) { try CheckpointHeader(of: copy.path) }
  }

  @Test func aWrongBiasIsRefused() throws {
    let copy = try ModelCopy(of: "sd1")
    try copy.set(
      "latent_rgb_factors", to: "[[1, 2, 3], [1, 2, 3], [1, 2, 3], [1, 2, 3]]",
      in: "vae/config.json")
    #expect(try CheckpointHeader(of: copy.path).preview?.bias == [0, 0, 0])
    try copy.set("latent_rgb_factors_bias", to: "[1]", in: "vae/config.json")
    #expect(throws: CheckpointError.self) { try CheckpointHeader(of: copy.path) }
  }
}
