import Foundation
import Testing

@testable import Diffusion

/// A way to damage a model folder, and what the error must say of it.
struct Damage: CustomTestStringConvertible, Sendable {
  enum Change: Sendable {
    case delete
    case write(String)
    case set(String, String)
    case truncate(Int)
  }

  let file: String
  let change: Change
  let expected: [String]
  let model: String

  init(_ file: String, _ change: Change, _ expected: String..., model: String = "sd1") {
    self.file = file
    self.change = change
    self.expected = expected
    self.model = model
  }

  var testDescription: String { "\(model)/\(file): \(change)" }

  func apply(to copy: ModelCopy) throws {
    switch change {
    case .delete: try copy.delete(file)
    case .write(let text): try copy.write(text, to: file)
    case .set(let key, let json): try copy.set(key, to: json, in: file)
    case .truncate(let count): try copy.truncate(file, to: count)
    }
  }
}

@Suite struct BrokenModelTests {
  static let unet = "unet/config.json"
  static let unetWeights = "unet/diffusion_pytorch_model.safetensors"
  static let shard = "unet/diffusion_pytorch_model.fp16-00002-of-00003.safetensors"
  static let index = "unet/diffusion_pytorch_model.safetensors.index.fp16.json"

  static let scheduler = "scheduler/scheduler_config.json"

  static let missingFiles = [
    Damage("model_index.json", .delete, "not found", "diffusers' layout"),
    Damage(unet, .delete, "not found"),
    Damage(scheduler, .delete, "not found"),
    Damage("vae", .delete, "vae/config.json", "not found"),
    Damage("text_encoder", .delete, "text_encoder/config.json", "not found"),
    Damage(unetWeights, .delete, "unet/*.safetensors", "not found", "weights"),
    Damage("tokenizer/tokenizer.json", .delete, "tokenizer/vocab.json", "not found"),
    Damage("tokenizer/merges.txt", .delete, "not found", model: "sd2"),
    Damage(shard, .delete, "not found", "index.fp16.json names it", model: "sdxl"),
  ]

  static let malformedFiles = [
    Damage("model_index.json", .write("{"), "not a JSON object"),
    Damage("model_index.json", .write("[1]"), "not a JSON object"),
    Damage("model_index.json", .write("{}"), "`text_encoder` must be a text encoder"),
    Damage(unet, .write(""), "not a JSON object"),
    Damage(unet, .write(String(repeating: "[", count: 100_000)), "not a JSON object"),
    Damage(index, .write("{}"), "`weight_map` names no file", model: "sdxl"),
    Damage(
      index, .set("weight_map", #"{"a": "../vae/x.safetensors"}"#), "not a file beside it",
      model: "sdxl"),
    Damage(unetWeights, .truncate(1000), "diffusion_pytorch_model.safetensors:"),
    Damage(unetWeights, .truncate(0), "diffusion_pytorch_model.safetensors:"),
    Damage(shard, .truncate(60_000), "00002-of-00003.safetensors:", model: "sdxl"),
    Damage(
      "tokenizer/vocab.json", .write(#"{"a": "b"}"#), "does not give each entry its number",
      model: "sd2"),
    Damage("tokenizer/vocab.json", .write(#"{"a": 1}"#), "no entry for", model: "sd2"),
    Damage("tokenizer/vocab.json", .write("{}"), "no entry for", model: "sd2"),
    Damage("tokenizer/vocab.json", .write(#"{"a": -1}"#), "no entry for", model: "sd2"),
    Damage("tokenizer/merges.txt", .write("a b c"), "`a b c` is not a pair", model: "sd2"),
    Damage("tokenizer/merges.txt", .write("c zz"), "a merge needs `zz`", model: "sd2"),
  ]

  static let wrongNumbers = [
    Damage(unet, .set("norm_num_groups", "0"), "`norm_num_groups` must be", "but is 0"),
    Damage(unet, .set("norm_num_groups", "-4"), "`norm_num_groups` must be", "but is -4"),
    Damage(unet, .set("norm_num_groups", "3"), "a divisor of every one", "but is 3"),
    Damage(unet, .set("attention_head_dim", "0"), "`attention_head_dim` must be", "but is 0"),
    Damage(unet, .set("attention_head_dim", "3"), "a divisor of each block's channels"),
    Damage(unet, .set("attention_head_dim", "[1, 2, 3]"), "a list of 2", "[1, 2, 3]"),
    Damage(unet, .set("block_out_channels", "[8]"), "`block_out_channels` must be"),
    Damage(unet, .set("block_out_channels", #""wide""#), "but is \"wide\""),
    Damage(unet, .set("block_out_channels", "[8, 1e300]"), "`block_out_channels` must be"),
    Damage(unet, .set("layers_per_block", "1000000000"), "`layers_per_block` must be"),
    Damage(unet, .set("in_channels", "1.5"), "`in_channels` must be", "but is 1.5"),
    Damage(unet, .set("down_block_types", "[]"), "`down_block_types` must be a list of 1 to 8"),
    Damage(unet, .set("down_block_types", #"["DownBlock2D"]"#), "`up_block_types` must be"),
    Damage("vae/config.json", .set("norm_num_groups", "0"), "`norm_num_groups` must be"),
    Damage("vae/config.json", .set("scaling_factor", "0"), "`scaling_factor` must be"),
    Damage(scheduler, .set("num_train_timesteps", "1"), "`num_train_timesteps` must be"),
    Damage(scheduler, .set("prediction_type", #""sample""#), "`prediction_type` must be"),
    Damage("text_encoder/config.json", .set("num_attention_heads", "0"), "`num_attention_heads`"),
    Damage("text_encoder/config.json", .set("num_attention_heads", "5"), "a divisor of"),
    Damage("text_encoder/config.json", .set("max_position_embeddings", "1"), "in 2...65536"),
  ]

  static let unsupported = [
    Damage(
      unet, .set("down_block_types", #"["KDownBlock2D", "DownBlock2D"]"#),
      "`down_block_types` KDownBlock2D is not supported"),
    Damage(unet, .set("class_embed_type", #""timestep""#), "`class_embed_type`", "not supported"),
    Damage(unet, .set("time_cond_proj_dim", "256"), "`time_cond_proj_dim` 256 is not supported"),
    Damage(unet, .set("act_fn", #""gelu""#), "it must be \"silu\""),
    Damage("vae/config.json", .set("shift_factor", "0.1"), "`shift_factor` 0.1 is not supported"),
    Damage("vae/config.json", .set("up_block_types", #"["UpBlock2D"]"#), "UpDecoderBlock2D"),
    Damage("text_encoder/config.json", .set("hidden_act", #""relu""#), "quick_gelu or gelu"),
  ]

  static let wrongShapes = [
    Damage(
      unet, .set("block_out_channels", "[16, 32]"), "unet/diffusion_pytorch_model.safetensors",
      "`conv_in.bias` must have the shape [16], but has [8]", "more"),
    Damage(unet, .set("layers_per_block", "3"), "down_blocks.0.attentions.2", "is missing"),
    Damage(
      unet, .set("transformer_layers_per_block", "[1, 1, 4]"),
      "transformer_blocks.3.attn1.to_k.weight", "is missing", model: "sdxl"),
    Damage(
      "text_encoder/config.json", .set("num_hidden_layers", "4"), "layers.2", "is missing", "more"),
    Damage("text_encoder/config.json", .set("hidden_size", "18"), "18 wide", "takes 16"),
    Damage("text_encoder/config.json", .set("vocab_size", "20"), "token_embedding.weight"),
    Damage(unet, .set("addition_time_embed_dim", "6"), "do not make the UNet's", model: "sdxl"),
    Damage("vae/config.json", .set("latent_channels", "8"), "latents have 8"),
    Damage(
      "tokenizer/vocab.json", .set("cat</w>", "-1"), "the token -1", "in 0..<32", model: "sd2"),
    Damage("tokenizer/vocab.json", .set("cat</w>", "32"), "the token 32", model: "sd2"),
    Damage("model_index.json", .set("text_encoder_2", "[null, null]"), "wide", model: "sdxl"),
  ]

  @Test(arguments: missingFiles + malformedFiles + wrongNumbers + unsupported + wrongShapes)
  func theErrorNamesTheFileAndWhatIsWrong(_ damage: Damage) throws {
    let copy = try ModelCopy(of: damage.model)
    try damage.apply(to: copy)
    let error = try #require(throws: (any Error).self) { try copy.load() }
    let message = String(describing: error)
    #expect(message.contains(copy.path), "\(message)")
    for part in damage.expected { #expect(message.contains(part), "\(message)") }
  }

  @Test func aTensorOfTextIsRefused() throws {
    let copy = try ModelCopy(of: "sd1")
    var header = #"{"conv_in.bias":{"dtype":"I64","shape":[8],"data_offsets":[0,64]}}"#
    header += String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
    var bytes = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian, Array.init)
    bytes += Array(header.utf8) + Array(repeating: 0, count: 64)
    try Data(bytes).write(to: URL(filePath: "\(copy.path)/\(Self.unetWeights)"))
    let error = try #require(throws: CheckpointError.self) { try copy.load() }
    guard case .weights(_, let problems) = error else { throw error }
    #expect(problems.contains(.type(key: "conv_in.bias", found: "I64")))
  }

  @Test func onlyPickledWeightsAreNamedAsSuch() throws {
    let copy = try ModelCopy(of: "sd1")
    try copy.delete(Self.unetWeights)
    try copy.write("", to: "unet/diffusion_pytorch_model.bin")
    let error = try #require(throws: CheckpointError.self) { try copy.load() }
    #expect(error.description.contains("only safetensors are read"))
  }

  @Test func aFileIsNotAModel() {
    #expect(throws: CheckpointError.self) {
      try Checkpoint(opening: Fixtures.path("tokens.json"))
    }
  }
}
