import Tensor

/// Four times the width and back, gated by GELU (Shazeer, "GLU Variants Improve Transformer").
struct FeedForward: Sendable {
  private let project, contract: Linear

  init(_ weights: Weights, _ width: Int) {
    project = Linear(weights["net"][0]["proj"], width, 8 * width, isGated: true)
    contract = Linear(weights["net"][2], 4 * width, width)
  }

  /// `[..., C]` to `[..., C]`, plus what is given.
  func callAsFunction(_ x: Tensor, plus addend: Tensor) -> Tensor {
    contract(project(x), plus: addend)
  }
}
