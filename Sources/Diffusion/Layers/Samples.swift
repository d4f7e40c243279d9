import Tensor

extension Tensor {
  /// What `transform` makes of each sample of a batch, `[1, ...]`, as one tensor again.
  func mappingSamples(_ transform: (Tensor) throws -> Tensor) rethrows -> Tensor {
    if shape[0] == 1 { return try transform(self) }
    return .concatenating(try (0..<shape[0]).map { try transform(slice($0..<$0 + 1)) })
  }
}
