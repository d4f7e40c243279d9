import Foundation
import Tensor
import Testing

@testable import Diffusion

/// Parts from files of their own: with and without the prefixes of whole checkpoints, in either layout.
@Suite struct SeparatePartsTests {
  private let folder: TemporaryFolder
  private var path: String { "\(folder.path)/part.safetensors" }

  init() throws { folder = try TemporaryFolder() }

  /// Writes what stands under a prefix of a single file, without the prefix unless it is kept.
  private func write(_ model: String, under prefix: String, keepingPrefix: Bool) throws {
    let tensors = try #require(try LayoutFixture("\(model)/single").files().first).tensors
    let part = tensors.filter { $0.key.hasPrefix(prefix) }
    #expect(!part.isEmpty)
    let whole = part.map {
      ($0.key, Tensor(Shape($0.shape), LayoutFixture.numbers($0.key, $0.shape)))
    }
    let named = whole.map { (keepingPrefix ? $0.0 : String($0.0.dropFirst(prefix.count)), $0.1) }
    try Data(SafetensorsWriter.encode(named)).write(to: URL(filePath: path))
  }

  @Test(arguments: ["sd15", "sd21-v", "sdxl", "instruct-pix2pix"], [true, false])
  func aUNet(_ model: String, _ keepsPrefix: Bool) throws {
    try write(model, under: "model.diffusion_model.", keepingPrefix: keepsPrefix)
    let unet = try DiffusionModel(opening: path)
    try expect(unet, toBe: model, layout: "single")
    #expect(try CheckpointDescription(of: path).kind == .unet)
  }

  @Test(arguments: ["sd15", "sd21-v", "sdxl", "sdxl-inpainting"])
  func aUNetOfDiffusersWithoutAConfiguration(_ model: String) throws {
    try LayoutFixture("\(model)/diffusers").writeFolder(to: "\(folder.path)/model")
    let file = "\(folder.path)/model/unet/diffusion_pytorch_model.safetensors"
    try expect(try DiffusionModel(opening: file), toBe: model, layout: "diffusers")
    try expect(
      try DiffusionModel(opening: "\(folder.path)/model/unet"), toBe: model, layout: "diffusers")
    let whole = try DiffusionModel(opening: "\(folder.path)/model")
    #expect(whole.noise.prediction == (model == "sd21-v" ? .velocity : .epsilon))
  }

  private func expect(_ model: DiffusionModel, toBe name: String, layout: String) throws {
    let unet = try Reference("layouts/\(name)/\(layout)/outputs", prefix: "unet")
    let added =
      unet.contains("time_ids")
      ? AddedConditioning(pooled: try unet["text_embeds"], timeIDs: try unet["time_ids"]) : nil
    let output = try model.unet()(
      unet["sample"], timestep: 741.25, context: unet["context"], added: added)
    #expect(try output.relativeError(to: unet["output"]) < tolerance)
  }

  @Test(arguments: [true, false])
  func anAutoencoder(_ keepsPrefix: Bool) throws {
    try write("sdxl", under: "first_stage_model.", keepingPrefix: keepsPrefix)
    #expect(throws: CheckpointError.familyUnknown(path: path)) { try Autoencoder(opening: path) }
    let reference = try Reference("layouts/sdxl/single/outputs", prefix: "vae")
    let vae = try Autoencoder(opening: path, for: .sdxl).vae()
    #expect(try vae.decode(reference["latent"]).relativeError(to: reference["decoded"]) < tolerance)
    #expect(try CheckpointDescription(of: path).kind == .vae)
  }

  @Test func anAutoencoderOfDiffusers() throws {
    try LayoutFixture("playground-v2.5/diffusers").writeFolder(to: "\(folder.path)/model")
    let reference = try Reference("layouts/playground-v2.5/diffusers/outputs", prefix: "vae")
    let autoencoder = try Autoencoder(opening: "\(folder.path)/model")
    #expect(autoencoder.family == .sdxl)
    let image = try autoencoder.vae().decode(reference["latent"])
    #expect(try image.relativeError(to: reference["decoded"]) < tolerance)
  }

  @Test(arguments: [
    ("sd15", "cond_stage_model.transformer.", ModelFamily.sd1),
    ("sd21-v", "cond_stage_model.model.", .sd2),
  ])
  func oneTextEncoder(_ model: String, _ prefix: String, _ family: ModelFamily) throws {
    try write(model, under: prefix, keepingPrefix: true)
    let encoders = try TextEncoders(opening: [path])
    #expect(encoders.family == family)
    let reference = try Reference("layouts/\(model)/single/outputs", prefix: "prompt")
    let prompt = try encoders.encoder().encode("a red cat on the moon, 4k photograph")
    #expect(
      try prompt.context.slice(0..<12, axis: 1).relativeError(to: reference["context"]) < tolerance)
  }

  /// Files of their own, of the real widths: alone, nothing else tells them apart.
  @Test(arguments: [[0, 1], [1, 0]])
  func twoTextEncoders(_ order: [Int]) throws {
    let tensors = try ListedFile.list(Fixtures.path("names/sdxl-single.txt"))[0].tensors
    let prefixes = ["conditioner.embedders.0.transformer.", "conditioner.embedders.1.model."]
    let paths = try prefixes.map { prefix in
      let path = "\(folder.path)/\(prefix)safetensors"
      let part = tensors.filter { $0.key.hasPrefix(prefix) }.map {
        NamedShape(key: String($0.key.dropFirst(prefix.count)), shape: $0.shape, type: $0.type)
      }
      try LayoutFixture.writeSparse(part, to: path)
      return path
    }
    #expect(try TextEncoders(opening: order.map { paths[$0] }).family == .sdxl)
    #expect(try TextEncoders(opening: [paths[0]]).family == .sd1)
    let error = try #require(throws: CheckpointError.self) { try TextEncoders(opening: [paths[1]]) }
    #expect(error.description.contains("SDXL a CLIP ViT-L with a ViT-bigG"))
  }

  @Test func anotherKindOfFileIsNamed() throws {
    try write("sd15", under: "first_stage_model.", keepingPrefix: false)
    let error = try #require(throws: CheckpointError.self) { try DiffusionModel(opening: path) }
    #expect(error.description.contains("an autoencoder alone, not a UNet; open it with `load-vae`"))
  }
}
