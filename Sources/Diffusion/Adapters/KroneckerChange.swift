import Tensor

/// LoKr (Edalati et al. 2022, "KronA"; Yeh et al. 2023, "Navigating Text-To-Image Customization", LyCORIS): the
/// Kronecker product of a small matrix `w1` and a large one `w2`, each whole or of low rank.
struct KroneckerChange: WeightChange {
  /// A factor, whole or of low rank.
  fileprivate enum Factor {
    case whole(AdapterTensor)
    case lowRank(LowRankMatrix, rank: Int)
  }

  private let small, large: Factor

  init(_ module: AdapterModule) throws {
    small = try Self.factor(module, whole: .lokrW1, up: .lokrW1A, core: nil, down: .lokrW1B)
    large = try Self.factor(module, whole: .lokrW2, up: .lokrW2A, core: .lokrT2, down: .lokrW2B)
  }

  private static func factor(
    _ module: AdapterModule, whole: AdapterField, up: AdapterField, core: AdapterField?,
    down: AdapterField
  ) throws -> Factor {
    if module.has(whole) { return .whole(try module.required(whole)) }
    let core = core.flatMap { module[$0] }
    let down = try module.required(down)
    let matrix = try LowRankMatrix(
      module, up: module.required(up), core: core, down: down, isUpTransposed: core != nil)
    return .lowRank(matrix, rank: down.shape[0])
  }

  var shape: Shape {
    [small.shape[0] * large.shape[0], small.shape[1] * large.shape[1]]
  }

  /// Of the large factor, or of the small one where only that has one.
  var rank: Int? { large.rank ?? small.rank }

  func delta() -> Tensor { small.matrix().kroneckerProduct(with: large.matrix()) }
}

extension KroneckerChange.Factor {
  fileprivate var shape: Shape {
    switch self {
    case .whole(let tensor): tensor.shape.asMatrix
    case .lowRank(let matrix, _): matrix.shape
    }
  }

  fileprivate var rank: Int? { if case .lowRank(_, let rank) = self { rank } else { nil } }

  fileprivate func matrix() -> Tensor {
    switch self {
    case .whole(let tensor): tensor.matrix()
    case .lowRank(let matrix, _): matrix.product()
    }
  }
}
