/// The weights of a linear layer, arranged for its kernel.
public struct PackedLinear: Sendable {
  /// The size of the last axis that the layer takes.
  public let inputs: Int
  /// The size of the last axis that it gives.
  public let outputs: Int
  let matrix: PackedMatrix

  /// - Parameters:
  ///   - weight: `[O, I]`, as PyTorch keeps it.
  ///   - bias: `[O]`, or nil for none.
  public init(weight: Tensor, bias: Tensor?) {
    precondition(weight.shape.rank == 2, "a linear weight of shape \(weight.shape)")
    outputs = weight.shape[0]
    inputs = weight.shape[1]
    matrix = PackedMatrix(weight: weight.matrixTransposed(), bias: bias)
  }
}

extension Tensor {
  /// `x · weightᵀ + bias` over the last axis: `[..., I]` becomes `[..., O]`.
  public func linear(_ layer: PackedLinear) -> Tensor {
    precondition(shape[-1] == layer.inputs, "\(shape) into a layer of \(layer.inputs) inputs")
    return Tensor(shape.replacingLast(with: layer.outputs)) { output in
      guard let target = output.baseAddress, !output.isEmpty else { return }
      withPointer { layer.matrix.multiply($0, rows: shape.rowCount, into: target) }
    }
  }
}
