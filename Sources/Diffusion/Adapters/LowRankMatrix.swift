import Tensor

/// A matrix `[O, I · H · W]` of low rank, stored as factors: `up · down`, or with a core between them, where
/// `M[o, i, h, w] = Σ up[o, p] · core[p, q, h, w] · down[q, i]` (Tucker's decomposition).
struct LowRankMatrix: Sendable {
  /// Of the product.
  let shape: Shape
  private let up, down: AdapterTensor
  private let core: AdapterTensor?
  private let isUpTransposed: Bool

  /// - Parameters:
  ///   - up: `[O, p]`, or `[p, O]` with `isUpTransposed`.
  ///   - core: `[p, q, H, W]`, or nil for none.
  ///   - down: `[p, I, H, W]`, or `[q, I]` where there is a core.
  init(
    _ module: AdapterModule, up: AdapterTensor, core: AdapterTensor?, down: AdapterTensor,
    isUpTransposed: Bool = false
  ) throws {
    let (ups, downs) = (up.shape.asMatrix, down.shape.asMatrix)
    let (rows, rank) = isUpTransposed ? (ups[1], ups[0]) : (ups[0], ups[1])
    if let core {
      guard core.shape.rank == 4, core.shape[0] == rank, core.shape[1] == downs[0] else {
        throw module.wrong(core, "does not fit between \(up.shape) and \(down.shape)")
      }
      shape = [rows, downs[1] * core.shape[2] * core.shape[3]]
    } else {
      guard downs[0] == rank else {
        throw module.wrong(down, "cannot be multiplied with `\(up.key)` \(up.shape)")
      }
      shape = [rows, downs[1]]
    }
    self.up = up
    self.down = down
    self.core = core
    self.isUpTransposed = isUpTransposed
  }

  /// The matrix, `shape`.
  func product() -> Tensor { left().multiplied(by: right()) }

  /// `weight + scale · product()`, in one pass over the weight.
  func added(to weight: Tensor, scale: Float) -> Tensor {
    (left() * scale).multiplied(by: right(), plus: weight)
  }

  /// `[O, p]`.
  private func left() -> Tensor { isUpTransposed ? up.matrix().matrixTransposed() : up.matrix() }

  /// `[p, I · H · W]`.
  private func right() -> Tensor {
    guard let core = core?.read() else { return down.matrix() }
    let inputs = PackedLinear(weight: down.matrix().matrixTransposed(), bias: nil)
    let spread = core.transposedToChannelsLast().linear(inputs).transposedToChannelsFirst()
    return spread.reshaped(to: spread.shape.asMatrix)
  }
}
