import Tensor

/// All that an adapter does to one tensor of a model.
struct TensorChange: Sendable {
  /// The module as the file spells it.
  let module: String
  let change: any WeightChange
  /// Alpha over the rank.
  let scale: Float
  let decomposition: WeightDecomposition?

  /// The changed tensor, of the same shape. With magnitudes, a strength other than 1 lies on the line between the
  /// tensor and the changed one.
  func callAsFunction(_ tensor: Tensor, strength: Float) -> Tensor {
    let matrix = tensor.reshaped(to: tensor.shape.asMatrix)
    guard let decomposition else {
      return change.added(to: matrix, scale: scale * strength).reshaped(to: tensor.shape)
    }
    let changed = decomposition(change.added(to: matrix, scale: scale))
    let result = strength == 1 ? changed : matrix.zip(changed) { $0 + strength * ($1 - $0) }
    return result.reshaped(to: tensor.shape)
  }
}

/// What an adapter does to a module: to its weight, its bias or both.
struct ModuleChange: Sendable {
  let weight, bias: TensorChange?

  /// - Throws: `AdapterError` where the tensors do not fit each other.
  init(_ module: AdapterModule, target: AdapterTarget, scaling: AdapterScaling) throws {
    let change = try module.weightChange()
    let scale = try scaling.scale(
      of: module.name, part: target.part, alpha: module.number(.alpha), rank: change?.rank)
    weight = try change.map { change in
      TensorChange(
        module: module.name, change: change, scale: change is FullChange ? 1 : scale,
        decomposition: try WeightDecomposition(module, shape: change.shape))
    }
    let beside = module[.upBias].map { ($0, scale) }
    bias = (module[.diffBias].map { ($0, 1) } ?? beside).map { tensor, scale in
      TensorChange(
        module: module.name, change: FullChange(difference: tensor), scale: scale,
        decomposition: nil)
    }
  }
}
