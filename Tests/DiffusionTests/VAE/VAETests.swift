import DefaultModel
import Testing

@testable import Diffusion

@Suite struct VAETests {
  static let cases = [
    ("models/sd1", Fixtures.model("sd1")), ("models/sd2", Fixtures.model("sd2")),
    ("models/sdxl", Fixtures.model("sdxl")), ("default-model", DefaultModel.path ?? ""),
  ]

  @Test(arguments: cases)
  func decodesAsDiffusers(_ name: String, _ folder: String) throws {
    let (vae, reference) = (try load(folder), try Reference(name, prefix: "vae"))
    let observations = Observations()
    let image = try vae.decode(reference["latent"], observe: observations.record)
    try observations.expectEqual(to: reference, startingWith: ["decoder"])
    #expect(try image.relativeError(to: reference["decoded"]) < tolerance)
  }

  @Test(arguments: cases)
  func encodesAsDiffusers(_ name: String, _ folder: String) throws {
    let (vae, reference) = (try load(folder), try Reference(name, prefix: "vae"))
    let observations = Observations()
    let latent = try vae.encode(reference["image"], observe: observations.record)
    try observations.expectEqual(to: reference, startingWith: ["encoder"])
    #expect(try latent.relativeError(to: reference["encoded"]) < tolerance)
  }

  @Test func theScaleFollowsFromTheLevels() throws {
    #expect(try load(DefaultModel.path ?? "").scale == 8)
    #expect(try load(Fixtures.model("sd1")).scale == 2)
  }

  private func load(_ folder: String) throws -> VAE { try PartFolder(path: "\(folder)/vae").load() }
}
