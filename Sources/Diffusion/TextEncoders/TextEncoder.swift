import Tensor

/// The text half of CLIP (Radford et al., "Learning Transferable Visual Models From Natural Language
/// Supervision"), as transformers has it. OpenAI's and OpenCLIP's differ in numbers only.
struct TextEncoder: Sendable {
  let configuration: TextEncoderConfiguration
  private let tokenEmbedding, positionEmbedding: Lazy<Tensor>
  private let layers: [TextEncoderLayer]
  private let finalLayerNorm: LayerNorm
  private let textProjection: Linear?

  init(_ root: Weights, _ configuration: TextEncoderConfiguration) {
    // transformers 5 leaves the prefix out where the model has no projection.
    let prefixed = root["text_model"]
    let weights = prefixed.contains("final_layer_norm.weight") ? prefixed : root
    let embeddings = weights["embeddings"]
    let width = configuration.width
    let tokens = embeddings["token_embedding"].tensor("weight", [configuration.vocabulary, width])
    let positions = embeddings["position_embedding"].tensor(
      "weight", [configuration.positions, width])
    self.configuration = configuration
    tokenEmbedding = Lazy { tokens.read() }
    positionEmbedding = Lazy { positions.read() }
    layers = (0..<configuration.layers).map {
      TextEncoderLayer(weights["encoder"]["layers"][$0], configuration)
    }
    finalLayerNorm = LayerNorm(
      weights["final_layer_norm"], width, epsilon: configuration.epsilon)
    textProjection = configuration.projection.map {
      Linear(root["text_projection"], width, $0, bias: false)
    }
  }

  /// Encodes tokens, at most as many as there are positions, each below the vocabulary's size.
  func callAsFunction(_ tokens: [Int]) -> TextEncoding { self(tokens.map(PromptToken.word)) }

  /// Encodes tokens, at most as many as there are positions: words below the vocabulary's size, or vectors of the
  /// encoder's width.
  func callAsFunction(_ tokens: [PromptToken]) -> TextEncoding {
    let states = layers.reduce(into: [embed(tokens)]) { states, layer in
      states.append(layer(states[states.count - 1]))
    }
    let last = finalLayerNorm(states[states.count - 1])
    let position = endPosition(tokens)
    let end = last.slice(position..<position + 1, axis: 1).reshaped(to: [1, configuration.width])
    return TextEncoding(states: states, last: last, pooled: textProjection?(end) ?? end)
  }

  /// Normalizes the states after any layer, `[1, L, C]`, as those after the last one are.
  func normalized(_ states: Tensor) -> Tensor { finalLayerNorm(states) }

  /// The embeddings of the tokens and of their places, `[1, L, C]`.
  private func embed(_ tokens: [PromptToken]) -> Tensor {
    let width = configuration.width
    let rows = Tensor([1, tokens.count, width]) { output in
      tokenEmbedding.value.withElements { table in
        for (index, token) in tokens.enumerated() {
          let row = UnsafeMutableBufferPointer(
            rebasing: output[index * width..<(index + 1) * width])
          switch token {
          case .word(let word):
            _ = row.initialize(from: table[word * width..<(word + 1) * width])
          case .vector(let vector): _ = row.initialize(from: vector)
          }
        }
      }
    }
    let places = positionEmbedding.value.slice(0..<tokens.count)
    return rows + places.reshaped(to: rows.shape)
  }

  /// Where the text ends. Old configurations say 2, which is not the token: there, as in
  /// transformers, the end is the highest token.
  private func endPosition(_ tokens: [PromptToken]) -> Int {
    let words = tokens.map { if case .word(let word) = $0 { word } else { -1 } }
    let end = configuration.endToken == 2 ? words.max() : configuration.endToken
    return words.firstIndex { $0 == end } ?? 0
  }
}

/// One place of a text, as an encoder takes it.
enum PromptToken: Hashable, Sendable {
  /// An entry of the vocabulary.
  case word(Int)
  /// What stands in the place of a word's embedding, `C` numbers: a part of a textual inversion.
  case vector([Float])
}

/// What an encoder knows of a text.
struct TextEncoding: Sendable {
  /// The states before the first layer and after each one, `[1, L, C]`.
  let states: [Tensor]
  /// The states after the last layer, normalized, `[1, L, C]`.
  let last: Tensor
  /// The state at the end of the text, projected where the encoder projects, `[1, P]`.
  let pooled: Tensor

  /// The states before the last layer, `[1, L, C]`.
  var penultimate: Tensor { states[states.count - 2] }
}

/// One layer: every token attends those before it, then is mixed.
private struct TextEncoderLayer: Sendable {
  private let selfAttn: Attention
  private let layerNorm1, layerNorm2: LayerNorm
  private let fc1, fc2: Linear
  private let activation: Activation

  init(_ weights: Weights, _ configuration: TextEncoderConfiguration) {
    let (width, epsilon) = (configuration.width, configuration.epsilon)
    layerNorm1 = LayerNorm(weights["layer_norm1"], width, epsilon: epsilon)
    selfAttn = Attention(
      weights["self_attn"], width: width, heads: configuration.heads, names: .transformers,
      inputBias: true, isCausal: true)
    layerNorm2 = LayerNorm(weights["layer_norm2"], width, epsilon: epsilon)
    fc1 = Linear(weights["mlp"]["fc1"], width, configuration.hiddenWidth)
    fc2 = Linear(weights["mlp"]["fc2"], configuration.hiddenWidth, width)
    activation = configuration.activation
  }

  /// `[1, L, C]` to the same.
  func callAsFunction(_ x: Tensor) -> Tensor {
    let x = selfAttn(layerNorm1(x), plus: x)
    return fc2(fc1(layerNorm2(x), then: activation), plus: x)
  }
}
