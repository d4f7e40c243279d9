import Synchronization
import Tensor

/// An adapter as it is put on one part of a model.
struct AppliedAdapter: Sendable {
  let adapter: Adapter
  /// How much of it; 0 is nothing.
  let strength: Double
  /// Noted when the part is built.
  let matches = MatchedModules()
}

/// The modules of an adapter that a model was found to have.
final class MatchedModules: Sendable {
  private let targets = Mutex<Set<AdapterTarget>>([])

  func insert(_ target: AdapterTarget) { targets.withLock { _ = $0.insert(target) } }

  func contains(_ target: AdapterTarget) -> Bool { targets.withLock { $0.contains(target) } }
}

/// A change of a tensor by an adapter of some strength.
struct AppliedChange: Sendable {
  let change: TensorChange
  let strength: Float

  func callAsFunction(_ tensor: Tensor) -> Tensor { change(tensor, strength: strength) }
}

extension [AppliedAdapter] {
  /// The changes of a part's tensors, by key, the first adapter's first.
  /// - Parameter tensors: all that the part is built from.
  /// - Throws: `AdapterError` where a change does not fit its tensor, or is not finite.
  func changes(
    of part: AdaptedPart, tensors: [String: Shape]
  ) throws -> [String: [AppliedChange]] {
    let modules = AdaptableModules(part, tensors)
    var changes: [String: [AppliedChange]] = [:]
    for applied in self {
      try applied.adapter.verify()
      for (target, change) in applied.adapter.changes where target.part == part {
        guard let module = modules[target] else { continue }
        let changed = [("weight", change.weight), ("bias", change.bias)].compactMap {
          name, change in
          change.map { (key: "\(module).\(name)", change: $0) }
        }
        guard changed.allSatisfy({ tensors[$0.key] != nil }) else { continue }
        applied.matches.insert(target)
        for (key, change) in changed {
          try applied.adapter.verify(change, fits: key, tensors[key] ?? [])
          changes[key, default: []].append(
            AppliedChange(change: change, strength: Float(applied.strength)))
        }
      }
    }
    return changes
  }
}

extension Adapter {
  fileprivate func verify(_ change: TensorChange, fits key: String, _ shape: Shape) throws {
    guard change.change.shape != shape.asMatrix else { return }
    throw AdapterError.mismatch(
      path: path, module: change.module, weight: key, expected: shape.asMatrix.sizes,
      found: change.change.shape.sizes)
  }
}
