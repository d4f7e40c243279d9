import Testing

@testable import Diffusion

/// How the programs that write adapters spell their keys.
@Suite struct AdapterKeyTests {
  static let unet = "down_blocks.0.attentions.1.transformer_blocks.0.attn1"
  static let query = AdapterTarget(.unet, key: unet + ".to_q")
  static let output = AdapterTarget(.unet, key: unet + ".to_out.0")
  static let text = AdapterTarget(.textEncoder(0), key: "encoder.layers.3.self_attn.q_proj")
  static let second = AdapterTarget(
    .textEncoder(1), key: "text_model.encoder.layers.3.self_attn.q_proj")
  static let kohya = "lora_unet_down_blocks_0_attentions_1_transformer_blocks_0_attn1_to_q"
  static let kohyaText = "text_model_encoder_layers_3_self_attn_q_proj"

  static let known: [(String, AdapterTarget, AdapterField)] = [
    ("\(kohya).lora_down.weight", query, .down), ("\(kohya).lora_up.weight", query, .up),
    ("\(kohya).lora_mid.weight", query, .mid), ("\(kohya).alpha", query, .alpha),
    ("\(kohya).dora_scale", query, .doraScale), ("\(kohya).hada_w1_a", query, .hadaW1A),
    ("\(kohya).hada_t2", query, .hadaT2), ("\(kohya).lokr_w1", query, .lokrW1),
    ("\(kohya).lokr_w2_b", query, .lokrW2B), ("\(kohya).lokr_t2", query, .lokrT2),
    ("\(kohya).diff", query, .diff), ("\(kohya).diff_b", query, .diffBias),
    ("lycoris_down_blocks_0_attentions_1_transformer_blocks_0_attn1_to_q.w_norm", query, .diff),
    ("lora_te_\(kohyaText).lora_up.weight", text, .up),
    ("lora_te1_\(kohyaText).lora_up.weight", text, .up),
    ("lora_te2_\(kohyaText).alpha", second, .alpha),
    ("unet.\(unet).to_q.lora_A.weight", query, .down),
    ("unet.\(unet).to_q.lora.up.weight", query, .up), ("unet.\(unet).to_q.alpha", query, .alpha),
    ("unet.\(unet).processor.to_q_lora.down.weight", query, .down),
    ("\(unet).processor.to_out_lora.up.weight", output, .up),
    ("base_model.model.\(unet).to_q.lora_B.weight", query, .up),
    ("base_model.model.\(unet).to_q.lora_A.default.weight", query, .down),
    ("base_model.model.\(unet).to_q.lora_magnitude_vector", query, .magnitudeVector),
    ("base_model.model.\(unet).to_q.lora_magnitude_vector.default.weight", query, .magnitudeVector),
    ("base_model.model.\(unet).to_q.lora_B.bias", query, .upBias),
    ("base_model.model.\(unet).to_q.hada_w2_b", query, .hadaW2B),
    ("base_model.model.encoder.layers.3.self_attn.q_proj.lora_A.weight", text, .down),
    ("lora_unet.\(unet).to_q.lora_down.weight", query, .down),
    (
      "text_encoder.text_model.encoder.layers.3.self_attn.q_proj.lora_linear_layer.up.weight", text,
      .up
    ),
    ("text_encoder.text_model.encoder.layers.3.self_attn.to_q_lora.down.weight", text, .down),
    ("text_encoder_2.text_model.encoder.layers.3.self_attn.q_proj.lora_B.weight", second, .up),
    (
      "diffusion_model.input_blocks.1.1.transformer_blocks.0.attn1.to_q.lora_up.weight",
      AdapterTarget(.unet, key: "input_blocks.1.1.transformer_blocks.0.attn1.to_q"), .up
    ),
  ]

  @Test(arguments: known)
  func everySpellingIsUnderstood(
    _ key: String, _ target: AdapterTarget, _ field: AdapterField
  ) throws {
    let parsed = try #require(AdapterKey(key))
    #expect(AdapterTarget(spelled: parsed.module) == target)
    #expect(parsed.field == field)
  }

  @Test(arguments: [
    "", ".", "weight", "alpha", ".alpha", "conv_in.weight", "lora_unet_conv_in", "a.down.weight",
    "lora_unet_conv_in.lora_down.bias", "a.b.c.d.weight", "lora_down.weight", "x.set_weight",
  ])
  func otherKeysAreNone(_ key: String) { #expect(AdapterKey(key) == nil) }

  @Test(arguments: ["transformer.blocks.0", "lora_transformer_x", "vae.decoder.conv_in", ""])
  func otherModelsHaveNoTarget(_ module: String) {
    #expect(AdapterTarget(spelled: module) == nil)
  }
}
