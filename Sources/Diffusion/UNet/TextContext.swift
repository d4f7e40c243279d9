import Synchronization
import Tensor

/// The text that a UNet attends, with what each of its attentions made of it: at every step of a sampler the
/// keys and values are the same, so that they are projected and packed once.
///
/// Who holds the text owns them; they go when it goes.
public final class TextContext: Sendable {
  /// `[N, L, D]`.
  public let tokens: Tensor
  private let packed = Mutex<[LayerIdentity: PackedContext]>([:])

  /// - Parameter tokens: `[N, L, D]`.
  public init(_ tokens: Tensor) { self.tokens = tokens }

  /// The number of layers that have packed the text.
  var layerCount: Int { packed.withLock { $0.count } }

  /// What a layer packed before, or packs now from the tokens. Of calls at the same time each may pack, to the
  /// same bits; none waits for another.
  func packed(for layer: LayerIdentity, by pack: (Tensor) -> PackedContext) -> PackedContext {
    if let known = packed.withLock({ $0[layer] }) { return known }
    let made = TensorArena.lasting { pack(tokens) }
    return packed.withLock { packed in
      let kept = packed[layer] ?? made
      packed[layer] = kept
      return kept
    }
  }
}

/// Tells a layer from every other.
final class LayerIdentity: Sendable, Hashable {
  static func == (a: LayerIdentity, b: LayerIdentity) -> Bool { a === b }

  func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
