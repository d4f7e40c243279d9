import Tensor

/// LoHa (Nam et al. 2022, "FedPara", proposition 2; Yeh et al. 2023, "Navigating Text-To-Image Customization",
/// LyCORIS): two matrices of low rank, `w1_a · w1_b` and `w2_a · w2_b`, multiplied element by element. For
/// convolutions `t1` and `t2` may be their cores, with `w1_a` and `w2_a` transposed.
struct HadamardChange: WeightChange {
  private let first, second: LowRankMatrix
  let rank: Int?
  var shape: Shape { first.shape }

  init(_ module: AdapterModule) throws {
    let down = try module.required(.hadaW1B)
    let other = try module.required(.hadaW2B)
    rank = down.shape[0]
    let isTucker = module.has(.hadaT1, .hadaT2)
    first = try LowRankMatrix(
      module, up: module.required(.hadaW1A), core: isTucker ? module.required(.hadaT1) : nil,
      down: down, isUpTransposed: isTucker)
    second = try LowRankMatrix(
      module, up: module.required(.hadaW2A), core: isTucker ? module.required(.hadaT2) : nil,
      down: other, isUpTransposed: isTucker)
    guard first.shape == second.shape else {
      throw module.wrong(
        other, "makes a matrix of \(second.shape), and the other is \(first.shape)")
    }
  }

  func delta() -> Tensor { first.product() * second.product() }
}
