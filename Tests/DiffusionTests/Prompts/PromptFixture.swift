@testable import Diffusion

/// What `Scripts/reference/prompts.py` wrote.
struct PromptFixture: Decodable {
  let weights: [Weights]
  let encodings: [Encoding]

  /// The runs of a prompt with their weights.
  struct Weights: Decodable {
    let text: String
    /// Nil where ComfyUI has not this grammar.
    let comfy: [Run]?
    let a1111: [Run]
  }

  /// A text with its weight; without a text, a `BREAK`.
  struct Run: Decodable {
    let text: String?
    let weight: Double

    init(from decoder: any Decoder) throws {
      var list = try decoder.unkeyedContainer()
      text = try list.decodeNil() ? nil : list.decode(String.self)
      weight = try list.decode(Double.self)
    }
  }

  struct Encoding: Decodable {
    let model, weighting, text: String
    let second: String?
    let skip: Int?
    /// How many tokens each chunk has, for each encoder.
    let chunks: [[Int]]
  }

  static let all = try? Fixtures.decode("prompts/prompts.json", as: PromptFixture.self)
}
