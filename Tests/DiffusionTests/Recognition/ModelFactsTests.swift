import DefaultModel
import Foundation
import Tensor
import Testing

@testable import Diffusion

/// What files are, by what their tensors are called, in the names that the programs which write them use.
struct ModelFactsTests {
  struct Case: Sendable {
    var kind: ModelKind?
    var family: ModelFamily?
    var tensors: [String: Shape]
  }

  static let cases = [
    Case(
      kind: .lora, family: .sd1,
      tensors: [
        "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_k.lora_down.weight":
          [4, 768],
        "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_k.lora_up.weight":
          [320, 4],
      ]),
    Case(
      kind: .lora, family: .sdxl,
      tensors: [
        "unet.down_blocks.1.attentions.0.transformer_blocks.0.attn2.to_k.lora.down.weight": [
          4, 2048,
        ]
      ]),
    Case(
      kind: .lora, family: .sd2,
      tensors: ["lora_unet_input_blocks_1_1_transformer_blocks_0_attn2_to_k.hada_w1_b": [8, 1024]]),
    Case(
      kind: .controlnet, family: .sd1,
      tensors: [
        "control_model.input_hint_block.0.weight": [16, 3, 3, 3],
        "control_model.input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight": [320, 768],
      ]),
    Case(
      kind: .checkpoint, family: .sdxl,
      tensors: [
        "model.diffusion_model.input_blocks.4.1.transformer_blocks.0.attn2.to_k.weight": [
          640, 2048,
        ],
        "first_stage_model.decoder.conv_in.weight": [512, 4, 3, 3],
      ]),
    Case(
      kind: .unet, family: .sd1,
      tensors: [
        "down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_k.weight": [320, 768],
        "up_blocks.0.resnets.0.conv1.weight": [1280, 2560, 3, 3],
        "time_embedding.linear_1.weight": [1280, 320],
      ]),
    Case(
      kind: .vae, family: nil,
      tensors: [
        "decoder.conv_in.weight": [512, 4, 3, 3], "decoder.conv_out.weight": [3, 128, 3, 3],
      ]),
    Case(
      kind: .vaeApprox, family: nil,
      tensors: ["1.weight": [64, 4, 3, 3], "3.conv.0.weight": [64, 64, 3, 3]]),
    Case(kind: .embedding, family: .sd1, tensors: ["emb_params": [2, 768]]),
    Case(kind: .embedding, family: .sdxl, tensors: ["clip_l": [1, 768], "clip_g": [1, 1280]]),
    Case(
      kind: .textEncoder, family: nil,
      tensors: ["text_model.encoder.layers.0.mlp.fc1.weight": [3072, 768]]),
    Case(
      kind: .upscaler, family: nil,
      tensors: ["conv_first.weight": [64, 3, 3, 3], "body.0.rdb1.conv1.weight": [32, 64, 3, 3]]),
    Case(kind: nil, family: nil, tensors: ["layers.0.weight": [2, 2]]),
  ]

  @Test(arguments: cases) func aFileIsKnownByItsTensors(example: Case) throws {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: file) }
    try Self.header(example.tensors).write(to: file)
    let facts = ModelFacts(of: file.path)
    #expect(facts.kind == example.kind)
    #expect(facts.family == example.family)
  }

  @Test func aFolderIsKnownByItsConfiguration() throws {
    let model = try #require(DefaultModel.path)
    #expect(ModelFacts(of: model).kind == .checkpoint)
    #expect(ModelFacts(of: model).family == .sdxl)
    #expect(ModelFacts(of: model + "/vae").kind == .vae)
    #expect(ModelFacts(of: model + "/text_encoder_2").kind == .textEncoder)
    #expect(ModelFacts(of: "/nowhere").kind == nil)
  }

  /// A file of these tensors whose elements take no room on the disk: nobody reads them.
  private static func header(_ tensors: [String: Shape]) throws -> Data {
    var start = 0
    var entries: [String: Any] = [:]
    for (name, shape) in tensors {
      let end = start + shape.count * 2
      entries[name] =
        ["dtype": "F16", "shape": shape.sizes, "data_offsets": [start, end]] as [String: Any]
      start = end
    }
    let text = try JSONSerialization.data(withJSONObject: entries)
    var data = withUnsafeBytes(of: UInt64(text.count).littleEndian) { Data($0) } + text
    data.count += start
    return data
  }
}
