import Tensor

/// A tensor in a mapped file, not yet read.
struct StoredTensor: Sendable {
  /// Where its elements come from.
  enum Source {
    /// A file, the place there, and the shape that the model asked for.
    case file(SafetensorsFile, StoredPlace, Shape)
    case random(RandomWeights, Shape)
  }

  /// The model's name of it.
  let key: String
  /// Nil where the archive has no such tensor.
  let source: Source?
  /// What adapters do to it, in this order.
  let changes: [AppliedChange]

  /// The elements, as they are stored where no adapter changes them. Only for tensors of an archive that was verified.
  func elements() -> StoredElements {
    let stored = stored()
    guard !changes.isEmpty else { return stored }
    return StoredElements(changes.reduce(stored.read()) { tensor, change in change(tensor) })
  }

  /// Says that the elements were copied and are not needed soon.
  func release() { stored().release() }

  private func stored() -> StoredElements {
    let elements: StoredElements? =
      switch source {
      case .file(let file, let place, let shape):
        (try? file.stored(place.key)).map { place.form.loaded($0).reshaped(to: shape) }
      case .random(let weights, let shape): StoredElements(weights.tensor(key, shape))
      case nil: nil
      }
    guard let elements else {
      preconditionFailure("\(key) is read, but its archive was not verified")
    }
    return elements
  }

  /// The elements, widened to f32. Only for tensors of an archive that was verified.
  func read() -> Tensor { elements().read() }
}
