import Tensor

/// DoRA (Liu et al. 2024, "DoRA: Weight-Decomposed Low-Rank Adaptation", equation 5): the changed weight keeps
/// its directions and gets magnitudes that were learned.
///
/// The magnitudes are those of the changed weight's rows, one for each output, as in PEFT; older versions of LyCORIS
/// had one for each input.
struct WeightDecomposition: Sendable {
  private let magnitudes: AdapterTensor
  private let isForOutputs: Bool

  /// Nil where the module has no magnitudes.
  /// - Parameter shape: of the weight, as a matrix.
  init?(_ module: AdapterModule, shape: Shape) throws {
    guard let tensor = module[.magnitudeVector] ?? module[.doraScale] else { return nil }
    let count = tensor.shape.count
    isForOutputs =
      module.has(.magnitudeVector) || (tensor.shape[0] == shape[0] && count == shape[0])
    guard isForOutputs ? count == shape[0] : shape[1] % count == 0 else {
      throw module.wrong(tensor, "is no magnitude of each row or column of a matrix of \(shape)")
    }
    magnitudes = tensor
  }

  /// The weight `[O, I · H · W]` with the magnitudes.
  func callAsFunction(_ weight: Tensor) -> Tensor {
    guard !isForOutputs else { return scaled(weight, group: 1) }
    let group = weight.shape[1] / magnitudes.shape.count
    return scaled(weight.matrixTransposed(), group: group).matrixTransposed()
  }

  /// - Parameter group: how many rows, one behind the other, share a magnitude.
  private func scaled(_ matrix: Tensor, group: Int) -> Tensor {
    let (squares, targets) = (matrix.squaredRowSums().elements, magnitudes.read().elements)
    let factors = targets.indices.flatMap { index in
      let norm = squares[index * group..<(index + 1) * group].reduce(0, +).squareRoot()
      return Array(repeating: targets[index] / (norm + Float.ulpOfOne), count: group)
    }
    return matrix.scalingRows(by: Tensor([factors.count], factors))
  }
}
