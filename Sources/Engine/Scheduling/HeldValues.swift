import Graph

/// The values in memory: each stays for as long as somebody holds it.
struct HeldValues {
  private var values: [OutputReference: any PortValue] = [:]
  private var holders: [OutputReference: Int] = [:]
  /// The memory of all of them.
  private(set) var byteCount = 0

  subscript(reference: OutputReference) -> (any PortValue)? { values[reference] }

  /// Whether somebody waits for, or uses, this value.
  func isHeld(_ reference: OutputReference) -> Bool { holders[reference] != nil }

  mutating func hold(_ reference: OutputReference) { holders[reference, default: 0] += 1 }

  /// True when that was the last holder: the value, if it was there, is gone.
  mutating func letGo(of reference: OutputReference) -> Bool {
    let rest = (holders[reference] ?? 0) - 1
    holders[reference] = rest > 0 ? rest : nil
    if rest <= 0, let value = values.removeValue(forKey: reference) { byteCount -= value.byteCount }
    return rest <= 0
  }

  /// Keeps a value that somebody holds, and no other.
  mutating func arrived(_ value: any PortValue, for reference: OutputReference) {
    guard isHeld(reference), values.updateValue(value, forKey: reference) == nil else { return }
    byteCount += value.byteCount
  }
}
