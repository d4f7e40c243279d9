import Synchronization
import Tensor

/// The texts of a run as the UNet is shown them, several at once: each group is put together once, so that what the
/// layers make of it is found at every step (see `TextContext`).
final class TextBatches: Sendable {
  private let batches = Mutex<[[Int]: TextContext]>([:])

  /// - Parameters:
  ///   - members: which of the run's texts these are; they tell one batch from another.
  ///   - texts: the members' tokens, `[1, L, D]` each.
  func callAsFunction(_ members: [Int], _ texts: [Tensor]) -> TextContext {
    batches.withLock { batches in
      if let known = batches[members] { return known }
      let made = TensorArena.lasting { TextContext(.concatenating(texts)) }
      batches[members] = made
      return made
    }
  }
}
