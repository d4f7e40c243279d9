import Synchronization
import Tensor

/// Values that are made when they are first asked for, each once, and that are kept as long as this is.
final class Memo<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private let values = Mutex<[Key: Value]>([:])

  /// How many values have been made.
  var count: Int { values.withLock { $0.count } }

  /// The value of a key, made now if nobody has asked for it before. Others wait meanwhile.
  func callAsFunction(_ key: Key, _ make: () -> Value) -> Value {
    values.withLock { values in
      if let known = values[key] { return known }
      let made = TensorArena.lasting(make)
      values[key] = made
      return made
    }
  }
}
