import Foundation
import Tensor
import Testing

@testable import Diffusion

struct TinyAutoencoderTests {
  /// One model in every layout: diffusers' folder and file, the original halves, and both of them in one file.
  static let files = [
    "tiny", "tiny/diffusion_pytorch_model.safetensors", "taesd_decoder.safetensors",
    "taesd_encoder.safetensors", "tiny-both.safetensors",
  ]

  private func open(_ file: String) throws -> any LatentCodec {
    let path = Fixtures.path("guidance/\(file)")
    return try Autoencoder(opening: path, for: .sd1).vae()
  }

  @Test(arguments: files) func decodesAsDiffusers(file: String) throws {
    let reference = try Reference("guidance/tiny", prefix: "tiny")
    let picture = try open(file).decode(reference["latent"])
    #expect(try picture.relativeError(to: reference["decoded"]) < tolerance)
  }

  @Test(arguments: files) func encodesAsDiffusers(file: String) throws {
    let reference = try Reference("guidance/tiny", prefix: "tiny")
    let latent = try open(file).encode(reference["image"])
    #expect(try latent.relativeError(to: reference["encoded"]) < tolerance)
  }

  @Test func aHalfAloneDoesWhatItCan() throws {
    let folder = NSTemporaryDirectory() + "easel-tiny-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = "\(folder)/taesd_decoder.safetensors"
    try FileManager.default.copyItem(
      atPath: Fixtures.path("guidance/taesd_decoder.safetensors"), toPath: path)
    let codec = try Autoencoder(opening: path, for: .sd1).vae()
    let reference = try Reference("guidance/tiny", prefix: "tiny")
    #expect(try codec.decode(reference["latent"]).shape == [2, 20, 24, 3])
    #expect(throws: VAEInputError.missingHalf(name: "encoder", path: path)) {
      try codec.encode(reference["image"])
    }
  }

  @Test(arguments: ["sd1", "sd1/vae", "sd1/vae/diffusion_pytorch_model.safetensors"])
  func otherModelsAreNotTiny(path: String) throws {
    #expect(try TinyAutoencoderFiles(at: Fixtures.model(path)) == nil)
  }

  @Test func theChannelsOfALatentAreVerified() throws {
    let codec = try open("tiny")
    #expect(throws: VAEInputError.latentChannels(expected: 4, found: 16)) {
      try codec.verify(latent: Tensor([1, 2, 2, 16], repeating: 0))
    }
  }

  /// Its own latents have no factor: that of the autoencoder it stands in for counts (`scaling_factor` of the
  /// published configurations).
  @Test(
    arguments: [(.sd1, 0.18215), (.sd2, 0.18215), (.sdxl, 0.13025)] as [(ModelFamily, Float)])
  func latentsAreUnscaledByTheFamilysFactor(family: ModelFamily, factor: Float) throws {
    let unscaled = try open("tiny").unscaled(Tensor([1, 1, 1, 4], repeating: factor), of: family)
    #expect(unscaled.relativeError(to: Tensor([1, 1, 1, 4], repeating: 1)) < 1e-6)
  }

  /// Layers and widths of the published files.
  @Test func thePublishedNumbersGiveThePublishedLayers() {
    let published = TinyAutoencoderConfiguration.published
    #expect(published.encoderLayers.count == 15)
    #expect(published.encoderLayers.map(\.index) == Array(0..<15))
    #expect(
      published.decoderLayers.map(\.index) == [
        0, 2, 3, 4, 6, 7, 8, 9, 11, 12, 13, 14, 16, 17, 18,
      ])
  }

  @Test(arguments: [
    ("act_fn", "\"gelu\""), ("upsample_fn", "\"bilinear\""), ("num_decoder_blocks", "[1, 2]"),
    ("decoder_block_out_channels", "[12, 12, 16]"), ("num_encoder_blocks", "[]"),
  ])
  func wrongConfigurationsAreRefused(key: String, json: String) throws {
    let copy = try ModelCopy(ofFixture: "guidance/tiny")
    try copy.set(key, to: json, in: "config.json")
    #expect(throws: CheckpointError.self) {
      try Autoencoder(opening: copy.path, for: .sd1).vae()
    }
  }
}
