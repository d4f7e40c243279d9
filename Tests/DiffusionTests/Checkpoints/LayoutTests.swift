import Foundation
import Tensor
import Testing

@testable import Diffusion

/// Small models of every kind in every layout that there is of them, against diffusers' run of the same weights.
@Suite struct LayoutTests {
  struct Row: CustomTestStringConvertible, Sendable {
    let name: String
    let family: ModelFamily
    let inChannels: Int
    var prediction = PredictionType.epsilon
    var testDescription: String { name }
  }

  static let rows = [
    Row(name: "sd15", family: .sd1, inChannels: 4),
    Row(name: "sd21-v", family: .sd2, inChannels: 4, prediction: .velocity),
    Row(name: "sd2-inpainting", family: .sd2, inChannels: 9),
    Row(name: "instruct-pix2pix", family: .sd1, inChannels: 8),
    Row(name: "sdxl", family: .sdxl, inChannels: 4),
    Row(name: "sdxl-inpainting", family: .sdxl, inChannels: 9),
    Row(name: "playground-v2.5", family: .sdxl, inChannels: 4),
  ]

  /// SD 2.1's prediction is known by the spread of a bias, Playground's levels by two tensors.
  @Test(arguments: rows, [DType.float32, .float16, .bfloat16])
  func singleFiles(_ row: Row, _ type: DType) throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/model.safetensors"
    try write(row, to: path, type: type)
    let checkpoint = try Checkpoint(opening: path)
    try expect(checkpoint, toBe: row, layout: "single")
    let reference = try Reference("layouts/\(row.name)/single/outputs", prefix: "prompt")
    let prompt = try checkpoint.textEncoder().encode(Self.prompt)
    #expect(
      try prompt.context.slice(0..<12, axis: 1).relativeError(to: reference["context"]) < tolerance)
    if let pooled = prompt.pooled {
      #expect(try pooled.relativeError(to: reference["pooled"]) < tolerance)
    }
    let negative = try checkpoint.textEncoder().encode("blurry")
    try expectSampling(checkpoint, prompt, negative, row, layout: "single")
  }

  @Test(arguments: rows, [DType.float32, .float16])
  func folders(_ row: Row, _ type: DType) throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/model"
    try LayoutFixture("\(row.name)/diffusers").writeFolder(to: path, type: type)
    let checkpoint = try Checkpoint(opening: path)
    try expect(checkpoint, toBe: row, layout: "diffusers")
    for source in checkpoint.header.layout.encoders {
      let states = try source.load()([49406, 320, 736, 2368, 49407]).penultimate
      let reference = try Reference("layouts/\(row.name)/diffusers/outputs", prefix: source.name)
      #expect(try states.relativeError(to: reference["penultimate"]) < tolerance)
    }
    let file = try SafetensorsFile(
      path: Fixtures.path("layouts/\(row.name)/diffusers/outputs.safetensors"))
    let (positive, negative) = (
      Conditioning(
        context: try file.tensor("prompt_embeds"), pooled: try? file.tensor("pooled_prompt_embeds")),
      Conditioning(
        context: try file.tensor("negative_prompt_embeds"),
        pooled: try? file.tensor("negative_pooled_prompt_embeds"))
    )
    try expectSampling(checkpoint, positive, negative, row, layout: "diffusers")
  }

  private static let prompt = "a red cat on the moon, 4k photograph"

  private func write(_ row: Row, to path: String, type: DType) throws {
    let fixture = LayoutFixture("\(row.name)/single")
    guard row.name == "playground-v2.5" else {
      return try fixture.writeSingle(to: path, type: type)
    }
    try fixture.writeSingle(to: path, type: .float32)
    try SingleFile.add(PlaygroundStatistics.tensors, to: path)
  }

  private func expect(_ checkpoint: Checkpoint, toBe row: Row, layout: String) throws {
    let header = checkpoint.header
    #expect(header.family == row.family)
    #expect(header.inChannels == row.inChannels)
    #expect(header.noise.prediction == row.prediction)
    #expect((header.noise.edm != nil) == (row.name == "playground-v2.5"))
    let unet = try Reference("layouts/\(row.name)/\(layout)/outputs", prefix: "unet")
    let added =
      unet.contains("time_ids")
      ? AddedConditioning(pooled: try unet["text_embeds"], timeIDs: try unet["time_ids"]) : nil
    let output = try checkpoint.unet()(
      unet["sample"], timestep: 741.25, context: unet["context"], added: added)
    #expect(try output.relativeError(to: unet["output"]) < tolerance)
    let vae = try Reference("layouts/\(row.name)/\(layout)/outputs", prefix: "vae")
    let model = try checkpoint.vae()
    #expect(try model.encode(vae["image"]).relativeError(to: vae["encoded"]) < tolerance)
    #expect(try model.decode(vae["latent"]).relativeError(to: vae["decoded"]) < tolerance)
  }

  /// diffusers' Euler scheduler with its spacing `leading`, or its EDM Euler scheduler; 4 steps, a guidance of 4, and
  /// one of 1.5 for a picture that is to be changed.
  private func expectSampling(
    _ checkpoint: Checkpoint, _ positive: Conditioning, _ negative: Conditioning, _ row: Row,
    layout: String
  ) throws {
    let schedule = NoiseSchedule(checkpoint.header.noise)
    let unet = try checkpoint.unet()
    var guidance = Guidance()
    guidance.imageScale = 1.5
    let positive = try showing(positive, to: row, checkpoint.autoencoder, layout: layout)
    let denoiser = GuidedDenoiser(
      unet: unet, schedule: schedule, guidance: row.inChannels == 8 ? guidance : Guidance(),
      positive: positive, negative: negative.showingPicture(of: positive), cfg: 4, width: 16,
      height: 16)
    var settings = SamplingSettings(seed: 7, steps: 4)
    settings.schedule = checkpoint.header.noise.edm == nil ? .leading : .karras
    let start = Tensor([1, 8, 8, 4], repeating: 0)
    try unet.verify(latent: start, conditioning: positive, scale: 2)
    let latent = try settings.sample(
      start, model: schedule, denoise: denoiser.callAsFunction)
    let file = try SafetensorsFile(
      path: Fixtures.path("layouts/\(row.name)/\(layout)/outputs.safetensors"))
    let expected = try file.tensor("sampled").transposedToChannelsLast()
    #expect(latent.relativeError(to: expected) < tolerance)
  }

  /// The picture, and for inpainting the mask, of the script's `showing`.
  private func showing(
    _ conditioning: Conditioning, to row: Row, _ autoencoder: Autoencoder, layout: String
  ) throws -> Conditioning {
    let outputs = "layouts/\(row.name)/\(layout)/outputs"
    let image = try Reference(outputs, prefix: "vae")["image"]
    switch row.inChannels {
    case 9:
      let file = try SafetensorsFile(path: Fixtures.path("\(outputs).safetensors"))
      let mask = try file.tensor("mask").reshaped(to: [16, 16])
      return conditioning.showing(try autoencoder.inpaintingChannels(image: image, mask: mask))
    case 8:
      let latent = try autoencoder.vae().encode(image)
      return conditioning.showing(try autoencoder.editingChannels(of: latent))
    default: return conditioning
    }
  }
}

/// The mean and the deviation of Playground v2.5's latents.
enum PlaygroundStatistics {
  static let mean: [Float] = [-1.6574, 1.886, -1.383, 2.5155]
  static let deviation: [Float] = [8.4927, 5.9022, 6.5498, 5.2299]

  /// The two tensors by which its single file tells them.
  static let tensors = [("edm_mean", Tensor([4], mean)), ("edm_std", Tensor([4], deviation))]
}
