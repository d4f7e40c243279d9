import Tensor

/// diffusers' `BasicTransformerBlock`: the pixels attend each other, then the text, then are mixed.
struct TransformerBlock: Sendable {
  private let norm1, norm2, norm3: LayerNorm
  private let attn1, attn2: Attention
  private let ff: FeedForward

  init(_ weights: Weights, width: Int, contextWidth: Int, heads: Int) {
    norm1 = LayerNorm(weights["norm1"], width)
    attn1 = Attention(weights["attn1"], width: width, heads: heads, inputBias: false)
    norm2 = LayerNorm(weights["norm2"], width)
    attn2 = Attention(
      weights["attn2"], width: width, contextWidth: contextWidth, heads: heads, inputBias: false)
    norm3 = LayerNorm(weights["norm3"], width)
    ff = FeedForward(weights["ff"], width)
  }

  /// - Parameter x: `[N, H * W, C]`.
  func callAsFunction(_ x: Tensor, context: TextContext) -> Tensor {
    var x = x
    x = attn1(norm1(x), plus: x)
    x = attn2(norm2(x), context: context, plus: x)
    return ff(norm3(x), plus: x)
  }
}
