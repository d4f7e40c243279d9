import Synchronization

/// Whether results are still written to the store: until it first cannot be written.
final class StoringSwitch: Sendable {
  private let isOff = Atomic(false)

  var isOn: Bool { !isOff.load(ordering: .relaxed) }

  /// Calls `first` if it was on.
  func turnOff(first: () -> Void) {
    if !isOff.exchange(true, ordering: .relaxed) { first() }
  }
}

/// Says that a node should stop.
final class CancellationFlag: Sendable {
  private let flag = Atomic(false)

  var isSet: Bool { flag.load(ordering: .relaxed) }
  func set() { flag.store(true, ordering: .relaxed) }
}
