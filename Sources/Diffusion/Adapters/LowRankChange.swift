import Tensor

/// LoRA (Hu et al. 2021, "LoRA: Low-Rank Adaptation of Large Language Models"): `up · down`. For convolutions
/// it is LyCORIS's LoCon, where `mid` may be the core of a Tucker decomposition.
struct LowRankChange: WeightChange {
  private let matrix: LowRankMatrix
  let rank: Int?
  var shape: Shape { matrix.shape }

  init(_ module: AdapterModule) throws {
    let down = try module.required(.down)
    rank = down.shape[0]
    matrix = try LowRankMatrix(
      module, up: module.required(.up), core: module[.mid], down: down)
  }

  func delta() -> Tensor { matrix.product() }

  func added(to weight: Tensor, scale: Float) -> Tensor { matrix.added(to: weight, scale: scale) }
}
