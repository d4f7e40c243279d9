import Tensor

/// How two masks become one.
public enum MaskOperation: String, Sendable, CaseIterable {
  /// What either covers: the greater value.
  case union
  /// What both cover: the lesser value.
  case intersect
  /// What the first covers and the second does not: the lesser of it and the other's inverse.
  case subtract
}

extension Mask {
  /// 1 minus each value.
  public var inverted: Mask { Mask(values: values.map { 1 - $0 }) }

  /// Puts two masks of one size together: the operations of fuzzy sets of Zadeh, "Fuzzy Sets" (1965).
  public func combined(with other: Mask, by operation: MaskOperation) -> Mask {
    let values =
      switch operation {
      case .union: values.zip(other.values) { max($0, $1) }
      case .intersect: values.zip(other.values) { min($0, $1) }
      case .subtract: values.zip(other.values) { min($0, 1 - $1) }
      }
    return Mask(values: values)
  }

  /// 1 where the value is at least `threshold`, else 0.
  public func thresholded(at threshold: Float) -> Mask {
    Mask(values: values.map { $0 >= threshold ? 1 : 0 })
  }
}
