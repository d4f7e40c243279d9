/// An adapter as it is put on one part of a model.
struct AppliedAdapter: Sendable {
  /// How much of it; 0 is nothing.
  let strength: Double
}
