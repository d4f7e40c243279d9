import Tensor

/// The numbers of a CLIP text encoder, from transformers' `CLIPTextConfig`.
struct TextEncoderConfiguration: Equatable, Sendable {
  let vocabulary: Int
  let width: Int
  let hiddenWidth: Int
  let layers: Int
  let heads: Int
  let positions: Int
  let epsilon: Float
  let activation: Activation
  /// The width of the pooled embedding; nil where it is not projected.
  let projection: Int?
  let endToken: Int
}

extension TextEncoderConfiguration {
  init(_ file: ConfigurationFile) throws {
    vocabulary = try file.integer("vocab_size", default: 49408)
    width = try file.integer("hidden_size", default: 512, in: 1...65_536)
    hiddenWidth = try file.integer("intermediate_size", default: 2048, in: 1...262_144)
    layers = try file.integer("num_hidden_layers", default: 12, in: 1...256)
    heads = try file.integer("num_attention_heads", default: 8)
    positions = try file.integer("max_position_embeddings", default: 77, in: 2...65_536)
    epsilon = Float(try file.number("layer_norm_eps", default: 1e-5, in: 0...1))
    endToken = try file.integer("eos_token_id", default: 49407, in: 0...ConfigurationFile.widest)
    activation = try Self.activation(file)
    let isProjected = file["architectures"]?.list?.contains(.text("CLIPTextModelWithProjection"))
    projection =
      isProjected == true ? try file.integer("projection_dim", default: 512, in: 1...65_536) : nil
    guard width.isMultiple(of: heads) else {
      throw file.wrong("num_attention_heads", mustBe: "a divisor of `hidden_size`, \(width)")
    }
  }

  private static func activation(_ file: ConfigurationFile) throws -> Activation {
    let names: [String: Activation] = ["quick_gelu": .quickGELU, "gelu": .gelu]
    let name = try file.text("hidden_act", default: "quick_gelu")
    guard let activation = names[name] else {
      throw CheckpointError.unsupported(
        path: file.path, key: "hidden_act", value: name, supported: "it must be quick_gelu or gelu")
    }
    return activation
  }
}
