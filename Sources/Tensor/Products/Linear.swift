/// The weights of a linear layer, arranged for its kernel.
public struct PackedLinear: Sendable {
  /// The size of the last axis that the layer takes.
  public let inputs: Int
  /// The size of the last axis that it gives.
  public let outputs: Int
  private let weights: Weights

  private enum Weights {
    case full(PackedMatrix)
    case int8(Int8Matrix)
  }

  /// - Parameters:
  ///   - weight: `[O, I]`, as PyTorch keeps it. It is packed as it is stored: f16 and bf16 take half the memory.
  ///   - bias: `[O]`, or nil for none.
  ///   - isGated: whether the layer gives only O/2 values: the first half of its outputs, times the GELU of
  ///     the second (Shazeer 2020, "GLU Variants Improve Transformer", GEGLU).
  ///   - precision: how the layer multiplies; int8 is full all the same for more than 65,536 inputs.
  public init(
    weight: StoredElements, bias: Tensor?, isGated: Bool = false, precision: LinearPrecision = .full
  ) {
    precondition(weight.shape.rank == 2, "a linear weight of shape \(weight.shape)")
    precondition(bias.map { $0.shape == [weight.shape[0]] } ?? true, "a bias for each output")
    precondition(!isGated || weight.shape[0] % 2 == 0, "no two halves in \(weight.shape)")
    outputs = isGated ? weight.shape[0] / 2 : weight.shape[0]
    inputs = weight.shape[1]
    weights =
      precision == .int8 && inputs <= Int8Matrix.mostInputs
      ? .int8(Int8Matrix(weight: weight, bias: bias, isGated: isGated))
      : .full(PackedMatrix(weight: weight, bias: bias, isGated: isGated))
  }

  /// The same, of a weight in f32.
  public init(
    weight: Tensor, bias: Tensor?, isGated: Bool = false, precision: LinearPrecision = .full
  ) {
    self.init(
      weight: StoredElements(weight), bias: bias, isGated: isGated, precision: precision)
  }

  /// `output [rows, outputs] = input [rows, inputs] · weightᵀ + bias`, for at least one row.
  fileprivate func multiply(
    _ input: UnsafePointer<Float>, rows: Int, into output: UnsafeMutablePointer<Float>,
    epilogue: Epilogue
  ) {
    switch weights {
    case .full(let matrix): matrix.multiply(input, rows: rows, into: output, epilogue: epilogue)
    case .int8(let matrix): matrix.multiply(input, rows: rows, into: output, epilogue: epilogue)
    }
  }
}

extension Tensor {
  /// `activation(x · weightᵀ + bias + addend)` over the last axis: `[..., I]` becomes `[..., O]`.
  ///
  /// - Parameter addend: `[..., O]`, or nil for none.
  public func linear(
    _ layer: PackedLinear, plus addend: Tensor? = nil, then activation: Activation = .identity
  ) -> Tensor {
    let result = shape.replacingLast(with: layer.outputs)
    precondition(shape[-1] == layer.inputs, "\(shape) into a layer of \(layer.inputs) inputs")
    precondition(addend.map { $0.shape == result } ?? true, "\(result) plus \(addend?.shape ?? [])")
    return Tensor(result) { output in
      guard let target = output.baseAddress, !output.isEmpty else { return }
      withExtendedLifetime((self, addend)) {
        layer.multiply(
          withPointer { $0 }, rows: shape.rowCount, into: target,
          epilogue: Epilogue(addend: addend?.withPointer { $0 }, activation: activation))
      }
    }
  }
}
