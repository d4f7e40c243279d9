import Synchronization
import Tensor

/// A value that is made when it is first asked for, once, whoever asks, and that is kept.
final class Lazy<Value: Sendable>: Sendable {
  private enum State {
    case pending(@Sendable () -> Value)
    case made(Value)
  }

  private let state: Mutex<State>

  init(_ make: @escaping @Sendable () -> Value) { state = Mutex(.pending(make)) }

  var value: Value {
    state.withLock { state in
      switch state {
      case .made(let value):
        return value
      case .pending(let make):
        let value = TensorArena.lasting(make)
        state = .made(value)
        return value
      }
    }
  }
}
