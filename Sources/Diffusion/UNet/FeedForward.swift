import Tensor

/// Four times the width and back, gated by GELU (Shazeer, "GLU Variants Improve Transformer").
struct FeedForward: Sendable {
  private let project, contract: Linear

  init(_ weights: Weights, _ width: Int) {
    project = Linear(weights["net"][0]["proj"], width, 8 * width)
    contract = Linear(weights["net"][2], 4 * width, width)
  }

  /// `[..., C]` to `[..., C]`.
  func callAsFunction(_ x: Tensor) -> Tensor { contract(project(x).gatedGELU()) }
}
