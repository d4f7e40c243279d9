import Foundation
import Tensor
import Testing

@testable import Diffusion

/// What a file is, and how it was trained, by its header alone.
@Suite struct RecognitionTests {
  private func header(
    _ model: String, metadata: String? = nil, _ change: (NamedShape) -> NamedShape? = { $0 },
    adding marker: [(String, Tensor)] = []
  ) throws -> CheckpointHeader {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/model.safetensors"
    try LayoutFixture("\(model)/single").writeSingle(
      to: path, type: .float32, metadata: metadata, change)
    if !marker.isEmpty { try SingleFile.add(marker, to: path) }
    return try CheckpointHeader(of: path)
  }

  @Test func markersTellThePrediction() throws {
    let one = Tensor([1], [0])
    let velocity = try header("sdxl", adding: [("v_pred", one), ("ztsnr", one)])
    #expect(velocity.noise.prediction == .velocity)
    #expect(velocity.noise.rescalesToZeroTerminalSNR)
    #expect(velocity.evidence == .marker("v_pred"))
    let plain = try header("sdxl")
    #expect(plain.noise.prediction == .epsilon)
    #expect(!plain.noise.rescalesToZeroTerminalSNR)
    #expect(plain.evidence == .family)
  }

  @Test func markersTellTheLevels() throws {
    let playground = try header("playground-v2.5", adding: PlaygroundStatistics.tensors)
    #expect(playground.noise.edm == EDMFormulation())
    #expect(playground.layout.vae.configuration.scaling.factor == 0.5)
    let cosine = try header(
      "sdxl",
      adding: [
        ("edm_vpred.sigma_max", Tensor([1], [120])), ("edm_vpred.sigma_min", Tensor([1], [0.25])),
      ])
    #expect(cosine.noise.prediction == .velocity)
    #expect(cosine.noise.edm?.sigmaMax == 120)
    #expect(cosine.noise.edm?.sigmaMin == 0.25)
    #expect(cosine.noise.edm?.sigmaData == 1)
  }

  @Test(arguments: [
    ("modelspec.prediction_type", "v", PredictionType.velocity),
    ("modelspec.prediction_type", "epsilon", .epsilon),
    ("modelspec.architecture", "stable-diffusion-v2-768-v", .velocity),
  ])
  func metadataTellsThePrediction(_ key: String, _ value: String, _ expected: PredictionType) throws
  {
    let header = try header("sd21-v", metadata: "{\"\(key)\":\"\(value)\"}")
    #expect(header.noise.prediction == expected)
    #expect(header.evidence == .metadata(key: key))
  }

  @Test func theSpreadOfABiasTellsThePredictionOfSD2() throws {
    let key = "model.diffusion_model.output_blocks.3.1.transformer_blocks.0.norm1.bias"
    #expect(try header("sd21-v").evidence == .weights(key: key))
    let even = try header(
      "sd21-v", { $0.key == key ? nil : $0 }, adding: [(key, Tensor([64], repeating: 0.01))])
    #expect(even.noise.prediction == .epsilon)
    // Inpainting models were never trained to predict v.
    #expect(try header("sd2-inpainting").evidence == .family)
  }

  static let others: [([String], ModelKind?)] = [
    (["lora_unet_mid_block_attentions_0_proj_in.lora_down.weight"], .lora),
    (["unet.mid_block.attentions.0.proj_in.lora_A.weight"], .lora),
    (["lora_unet_mid_block_attentions_0_proj_in.hada_w1_a"], .lora),
    (["lora_unet_mid_block_attentions_0_proj_in.lokr_w1"], .lora), (["emb_params"], .embedding),
    (["clip_l", "clip_g"], .embedding), (["control_model.input_hint_block.0.weight"], .controlnet),
    (["controlnet_cond_embedding.conv_in.weight"], .controlnet),
    (["conv_first.weight", "body.0.rdb1.conv1.weight"], .upscaler), (["foo"], nil),
    (["decoder.layers.0.weight"], .vaeApprox),
  ]

  @Test(arguments: others)
  func whatIsNoCheckpointIsNamed(_ keys: [String], _ kind: ModelKind?) throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/file.safetensors"
    try LayoutFixture.writeSparse(keys.map { NamedShape(key: $0, shape: [4, 4]) }, to: path)
    #expect(ModelFacts(of: path).kind == kind)
    let error = try #require(throws: CheckpointError.self) { try Checkpoint(opening: path) }
    #expect(
      error == .otherKind(path: path, expected: "a whole checkpoint", found: kind))
    #expect(error.description.contains(kind.phrase))
  }

  @Test func theRefinerIsRefused() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/file.safetensors"
    try LayoutFixture("sdxl/single").writeSingle(to: path) { tensor in
      tensor.key.hasSuffix("label_emb.0.0.weight")
        ? NamedShape(key: tensor.key, shape: [256, 2560]) : tensor
    }
    #expect(throws: CheckpointError.refiner(path: path)) { try CheckpointDescription(of: path) }
  }
}

/// Changes to files that were written.
enum SingleFile {
  /// Adds tensors, in the place of those of the same names.
  static func add(_ added: [(String, Tensor)], to path: String) throws {
    let file = try SafetensorsFile(path: path)
    let kept = file.header.tensors.keys.filter { key in !added.contains { $0.0 == key } }
    let tensors = try kept.sorted().map { ($0, try file.tensor($0)) }
    let bytes = SafetensorsWriter.encode(tensors + added, metadata: file.header.metadata)
    try Data(bytes).write(to: URL(filePath: path))
  }
}
