import Tensor

/// The names under which a checkpoint stores the four matrices of an attention.
struct AttentionNames {
  let query, key, value, output: String

  static let diffusers = AttentionNames(
    query: "to_q", key: "to_k", value: "to_v", output: "to_out.0")
  /// Autoencoders saved by diffusers before 0.12, as those of SD 1.x.
  static let deprecated = AttentionNames(
    query: "query", key: "key", value: "value", output: "proj_attn")
  static let transformers = AttentionNames(
    query: "q_proj", key: "k_proj", value: "v_proj", output: "out_proj")
}

/// Multi-head attention of tokens `[N, L, C]` over themselves or over a text `[N, M, D]`.
struct Attention: Sendable {
  private let toQuery, toKey, toValue, toOutput: Linear
  private let heads: Int
  private let isCausal: Bool
  private let identity = LayerIdentity()

  /// - Parameter contextWidth: the width `D` of the text; nil where the tokens attend themselves.
  init(
    _ weights: Weights, width: Int, contextWidth: Int? = nil, heads: Int,
    names: AttentionNames = .diffusers, inputBias: Bool, isCausal: Bool = false
  ) {
    let source = contextWidth ?? width
    toQuery = Linear(weights[names.query], width, width, bias: inputBias)
    toKey = Linear(weights[names.key], source, width, bias: inputBias)
    toValue = Linear(weights[names.value], source, width, bias: inputBias)
    toOutput = Linear(weights[names.output], width, width)
    self.heads = heads
    self.isCausal = isCausal
  }

  /// The tokens attend themselves.
  /// - Parameter addend: `[N, L, C]`, added to what comes out.
  func callAsFunction(_ x: Tensor, plus addend: Tensor) -> Tensor {
    toOutput(
      toQuery(x).attention(keys: toKey(x), values: toValue(x), heads: heads, isCausal: isCausal),
      plus: addend)
  }

  /// The tokens attend a text.
  /// - Parameter addend: `[N, L, C]`, added to what comes out.
  func callAsFunction(_ x: Tensor, context: TextContext, plus addend: Tensor) -> Tensor {
    let packed = context.packed(for: identity) {
      PackedContext(keys: toKey($0), values: toValue($0), heads: heads)
    }
    return toOutput(toQuery(x).attention(over: packed), plus: addend)
  }
}
