import Tensor
import Testing

@testable import Diffusion

/// The modules of real models under the names of adapters.
@Suite struct AdaptableModulesTests {
  private static func tensors(_ build: (Weights) -> Void) -> [String: Shape] {
    let archive = WeightArchive(RandomWeights(seed: 1))
    build(Weights(archive))
    return archive.requestedShapes
  }

  private static func unet(_ configuration: UNetConfiguration) -> [String: Shape] {
    tensors { _ = UNet($0, configuration) }
  }

  @Test(arguments: [
    UNetConfiguration.stableDiffusion15, .stableDiffusion21, .stableDiffusionXL,
  ])
  func noTwoModulesAreAlikeWithoutTheirDots(_ configuration: UNetConfiguration) {
    let tensors = Self.unet(configuration)
    let modules = Set(
      tensors.keys.compactMap { key in key.lastIndex(of: ".").map { String(key[..<$0]) } })
    let original = LDMUNetKeys(modules: modules)
    let names = Set(modules.map { AdapterTarget(.unet, key: $0) })
    #expect(names.count == modules.count)
    let others = Set(modules.map(original.name(ofModule:)))
    #expect(others.count == modules.count)
    #expect(others.isDisjoint(with: modules))
  }

  /// Pairs from published LoRAs of SDXL, and from the original checkpoint of SD 1.5.
  static let pairs: [(UNetConfiguration, String, String)] = [
    (.stableDiffusionXL, "input_blocks.0.0", "conv_in"),
    (.stableDiffusionXL, "input_blocks.3.0.op", "down_blocks.0.downsamplers.0.conv"),
    (
      .stableDiffusionXL, "input_blocks.4.0.skip_connection",
      "down_blocks.1.resnets.0.conv_shortcut"
    ),
    (
      .stableDiffusionXL, "input_blocks.4.1.transformer_blocks.1.attn2.to_k",
      "down_blocks.1.attentions.0.transformer_blocks.1.attn2.to_k"
    ),
    (
      .stableDiffusionXL, "input_blocks.8.1.transformer_blocks.9.ff.net.0.proj",
      "down_blocks.2.attentions.1.transformer_blocks.9.ff.net.0.proj"
    ),
    (.stableDiffusionXL, "middle_block.1.proj_in", "mid_block.attentions.0.proj_in"),
    (.stableDiffusionXL, "middle_block.2.out_layers.3", "mid_block.resnets.1.conv2"),
    (.stableDiffusionXL, "output_blocks.2.1.proj_out", "up_blocks.0.attentions.2.proj_out"),
    (.stableDiffusionXL, "output_blocks.2.2.conv", "up_blocks.0.upsamplers.0.conv"),
    (.stableDiffusionXL, "output_blocks.5.2.conv", "up_blocks.1.upsamplers.0.conv"),
    (.stableDiffusionXL, "output_blocks.8.0.emb_layers.1", "up_blocks.2.resnets.2.time_emb_proj"),
    (.stableDiffusionXL, "label_emb.0.2", "add_embedding.linear_2"),
    (.stableDiffusionXL, "out.2", "conv_out"),
    (.stableDiffusion15, "input_blocks.1.1.proj_in", "down_blocks.0.attentions.0.proj_in"),
    (.stableDiffusion15, "input_blocks.9.0.op", "down_blocks.2.downsamplers.0.conv"),
    (.stableDiffusion15, "input_blocks.11.0.in_layers.2", "down_blocks.3.resnets.1.conv1"),
    (.stableDiffusion15, "output_blocks.2.1.conv", "up_blocks.0.upsamplers.0.conv"),
    (.stableDiffusion15, "output_blocks.5.2.conv", "up_blocks.1.upsamplers.0.conv"),
    (
      .stableDiffusion15, "output_blocks.11.1.transformer_blocks.0.attn1.to_out.0",
      "up_blocks.3.attentions.2.transformer_blocks.0.attn1.to_out.0"
    ),
  ]

  @Test(arguments: pairs)
  func theOriginalNamesAreKnown(
    _ configuration: UNetConfiguration, _ original: String, _ module: String
  ) throws {
    let modules = AdaptableModules(.unet, Self.unet(configuration))
    let kohya = "lora_unet_" + original.replacing(".", with: "_")
    #expect(modules[try #require(AdapterTarget(spelled: kohya))] == module)
  }

  @Test(arguments: [TextEncoderConfiguration.clipL, .openCLIPBigG])
  func theLayersOfTextEncodersAreKnown(_ configuration: TextEncoderConfiguration) throws {
    let modules = AdaptableModules(
      .textEncoder(0), Self.tensors { _ = TextEncoder($0, configuration) })
    for layer in 0..<configuration.layers {
      for name in ["self_attn_q_proj", "self_attn_out_proj", "mlp_fc1", "mlp_fc2"] {
        let spelled = "lora_te1_text_model_encoder_layers_\(layer)_\(name)"
        #expect(modules[try #require(AdapterTarget(spelled: spelled))] != nil, "\(spelled)")
      }
    }
  }
}
