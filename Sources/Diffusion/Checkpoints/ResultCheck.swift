import Tensor

/// Looks for the cause where a model's results are no numbers: its weights are looked through only then.
struct ResultCheck: Sendable {
  /// The model's folder or file.
  let path: String
  /// Throws where a weight is not finite.
  let verifyWeights: @Sendable () throws -> Void

  /// - Throws: `CheckpointError` where a result is not finite.
  func callAsFunction(_ results: Tensor...) throws {
    guard !results.allSatisfy(\.isFinite) else { return }
    try verifyWeights()
    throw CheckpointError.overflow(path: path)
  }

  /// The same for a model that others worked with: only its weights are looked at.
  /// - Throws: `CheckpointError` where a result is not finite because of them.
  func blaming(_ results: Tensor) throws {
    if !results.isFinite { try verifyWeights() }
  }
}

extension Tensor {
  fileprivate var isFinite: Bool { withElements { $0.allSatisfy(\.isFinite) } }
}

extension PartSource {
  /// For the results of this part.
  var check: ResultCheck { ResultCheck(path: path) { try verifyFinite() } }
}
