import Synchronization
import Tensor

/// A layer's weights, packed for its kernels.
///
/// The first call packs them into memory that it gives back: many models are run once (a text, a picture), and
/// memory that the system must clear costs more time than packing does. The second call packs them to stay.
final class PackedWeights<Value: Sendable>: Sendable {
  private enum State {
    case unused, usedOnce
    case kept(Value)
  }

  private let state = Mutex(State.unused)
  private let pack: @Sendable (_ isKept: Bool) -> Value
  private let release: @Sendable () -> Void

  /// - Parameters:
  ///   - pack: packs the weights, to be kept or for one call.
  ///   - release: told when they are kept, so that nobody needs what they were packed from.
  init(
    pack: @escaping @Sendable (_ isKept: Bool) -> Value, release: @escaping @Sendable () -> Void
  ) {
    self.pack = pack
    self.release = release
  }

  /// The packed weights, for one call of the layer.
  var value: Value { kept ?? pack(false) }

  private var kept: Value? {
    state.withLock { state in
      switch state {
      case .kept(let value): return value
      case .unused:
        state = .usedOnce
        return nil
      case .usedOnce:
        let value = TensorArena.lasting { pack(true) }
        state = .kept(value)
        release()
        return value
      }
    }
  }
}
