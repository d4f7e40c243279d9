import CKernels

/// A function applied to each element.
public enum Activation: Sendable, CaseIterable {
  case identity
  /// x · sigmoid(x)
  case silu
  /// x · Φ(x) with the normal distribution function Φ: PyTorch's default GELU, not its `tanh` form.
  case gelu
  /// x · sigmoid(1.702 x)
  case quickGELU

  var kernel: KernelActivation {
    switch self {
    case .identity: KERNEL_IDENTITY
    case .silu: KERNEL_SILU
    case .gelu: KERNEL_GELU
    case .quickGELU: KERNEL_QUICK_GELU
    }
  }
}

extension Tensor {
  /// The activation of each element, in the same shape.
  public func activated(_ activation: Activation) -> Tensor {
    if activation == .identity { return self }
    return Tensor(shape, by: .activation, items: shape.count, cost: 4) { range, output in
      withPointer {
        kernels().pointee.activate(
          $0 + range.lowerBound, output + range.lowerBound, range.count, activation.kernel)
      }
    }
  }
}
