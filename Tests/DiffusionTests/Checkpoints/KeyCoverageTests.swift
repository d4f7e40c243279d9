import Foundation
import Tensor
import Testing

@testable import Diffusion

/// The published models at their full size, as headers of sparse files: every name and shape is known.
@Suite struct KeyCoverageTests {
  struct Model: CustomTestStringConvertible, Sendable {
    let name: String
    let family: ModelFamily
    let inChannels: Int
    /// Of the text encoders, the UNet and the autoencoder.
    let parameters: [Int]
    var testDescription: String { name }
  }

  static let models = [
    Model(
      name: "sd15", family: .sd1, inChannels: 4,
      parameters: [123_060_480, 859_520_964, 83_653_863]),
    Model(
      name: "sd15-inpainting", family: .sd1, inChannels: 9,
      parameters: [123_060_480, 859_535_364, 83_653_863]),
    Model(
      name: "sd15-pix2pix", family: .sd1, inChannels: 8,
      parameters: [123_060_480, 859_532_484, 83_653_863]),
    Model(
      name: "sd21", family: .sd2, inChannels: 4,
      parameters: [340_387_840, 865_910_724, 83_653_863]),
    Model(
      name: "sdxl", family: .sdxl, inChannels: 4,
      parameters: [123_060_480, 694_659_840, 2_567_463_684, 83_653_863]),
  ]

  @Test(arguments: models)
  func singleFiles(_ model: Model) throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/model.safetensors"
    try PublishedModel(name: model.name).writeSingle(to: path)
    let description = try CheckpointDescription(of: path)
    #expect(description.kind == .checkpoint)
    #expect(description.header?.inChannels == model.inChannels)
    try expectWhole(description, model)
  }

  @Test(arguments: models)
  func folders(_ model: Model) throws {
    let folder = try TemporaryFolder()
    try PublishedModel(name: model.name).writeFolder(to: folder.path)
    let description = try CheckpointDescription(of: folder.path)
    let contents = try description.parts.map { try $0.contents.get() }
    #expect(contents.map(\.parameterCount) == model.parameters)
    try expectWhole(description, model)
  }

  private func expectWhole(_ description: CheckpointDescription, _ model: Model) throws {
    #expect(description.family == model.family)
    #expect(description.leftOver.isEmpty)
    #expect(description.parts.count == model.parameters.count)
    for part in description.parts {
      let contents = try part.contents.get()
      #expect(contents.problems.isEmpty, "\(part.name)")
      #expect(contents.leftOver.isEmpty, "\(part.name)")
    }
  }

  /// What training leaves beside the models.
  @Test func theRestOfATrainingIsNotLeftOver() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/model.safetensors"
    let extras = [
      "model_ema.diffusion_modelinput_blocks00weight", "first_stage_model.loss.logvar",
      "cond_stage_model.logit_scale", "denoiser.sigmas", "v_pred", "something.else",
    ]
    try PublishedModel(name: "sd15").writeSingle(
      to: path, adding: extras.map { NamedShape(key: $0, shape: [4]) })
    let description = try CheckpointDescription(of: path)
    #expect(description.leftOver == ["something.else"])
    #expect(try description.parts.allSatisfy { try $0.contents.get().leftOver.isEmpty })
  }

  @Test(arguments: models)
  func theNumbersOffTheShapesAreThoseOfTheConfigurations(_ model: Model) throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/single.safetensors"
    try PublishedModel(name: model.name).writeSingle(to: path)
    try PublishedModel(name: model.name).writeFolder(to: folder.path)
    let single = try CheckpointHeader(of: path).layout
    let whole = try CheckpointHeader(of: folder.path).layout
    #expect(single.unet.configuration == whole.unet.configuration)
    #expect(single.vae.configuration == whole.vae.configuration)
    #expect(
      single.encoders.map(\.configuration.layers) == whole.encoders.map(\.configuration.layers))
    #expect(single.encoders.map(\.configuration.heads) == whole.encoders.map(\.configuration.heads))
  }
}
