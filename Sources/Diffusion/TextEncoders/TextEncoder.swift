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
  func callAsFunction(_ tokens: [Int]) -> TextEncoding {
    var states = embed(tokens)
    for layer in layers.dropLast() { states = layer(states) }
    let penultimate = states
    for layer in layers.suffix(1) { states = layer(states) }
    let last = finalLayerNorm(states)
    let position = endPosition(tokens)
    let end = last.slice(position..<position + 1, axis: 1).reshaped(to: [1, configuration.width])
    return TextEncoding(penultimate: penultimate, last: last, pooled: textProjection?(end) ?? end)
  }

  /// The embeddings of the tokens and of their places, `[1, L, C]`.
  private func embed(_ tokens: [Int]) -> Tensor {
    let width = configuration.width
    let rows = Tensor([1, tokens.count, width]) { output in
      tokenEmbedding.value.withElements { table in
        for (index, token) in tokens.enumerated() {
          let row = UnsafeMutableBufferPointer(
            rebasing: output[index * width..<(index + 1) * width])
          _ = row.initialize(from: table[token * width..<(token + 1) * width])
        }
      }
    }
    let places = positionEmbedding.value.slice(0..<tokens.count)
    return rows + places.reshaped(to: rows.shape)
  }

  /// Where the text ends. Old configurations say 2, which is not the token: there, as in
  /// transformers, the end is the highest token.
  private func endPosition(_ tokens: [Int]) -> Int {
    let end = configuration.endToken == 2 ? tokens.max() : configuration.endToken
    return tokens.firstIndex { $0 == end } ?? 0
  }
}

/// What an encoder knows of a text.
struct TextEncoding: Sendable {
  /// The states before the last layer, `[1, L, C]`.
  let penultimate: Tensor
  /// The states after the last layer, normalized, `[1, L, C]`.
  let last: Tensor
  /// The state at the end of the text, projected where the encoder projects, `[1, P]`.
  let pooled: Tensor
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
