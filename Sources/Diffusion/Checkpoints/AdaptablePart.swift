/// A part of a model, loaded when it is first asked for and then kept: with every copy of this value.
///
/// What changes weights (a LoRA) is put on by making another such part; the file is shared, its weights are
/// changed when they are read.
struct AdaptablePart<Part: Sendable>: Sendable {
  /// What was put on, the first first.
  let adapters: [AppliedAdapter]
  private let load: @Sendable ([AppliedAdapter]) throws -> Part
  private let loaded: Lazy<Result<Part, any Error>>

  /// - Parameter load: builds the part with these adapters.
  init(
    adapters: [AppliedAdapter] = [], load: @escaping @Sendable ([AppliedAdapter]) throws -> Part
  ) {
    self.adapters = adapters
    self.load = load
    loaded = Lazy { Result { try load(adapters) } }
  }

  /// The part itself. Throws what loading it throws.
  func callAsFunction() throws -> Part { try loaded.value.get() }

  /// The same part with one more adapter.
  func adapted(by adapter: AppliedAdapter) -> AdaptablePart {
    AdaptablePart(adapters: adapters + [adapter], load: load)
  }
}
